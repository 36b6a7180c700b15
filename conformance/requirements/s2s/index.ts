import type { Requirement } from '../../check/requirement.ts'
import * as appendSession from './append-session.ts'
import * as badInput from './bad-input.ts'
import * as clientFrames from './client-frames.ts'
import * as layout from './layout.ts'
import * as limits from './limits.ts'
import * as readSession from './read-session.ts'
import * as setup from './setup.ts'

export const s2sRequirements: readonly Requirement[] = [
  setup,
  layout,
  clientFrames,
  limits,
  appendSession,
  badInput,
  readSession,
].flatMap((group) => Object.values(group))
