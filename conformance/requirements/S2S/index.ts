import type { Requirement } from '../../check/requirement.ts'
import { appendSession } from './append-session.ts'
import { badInput } from './bad-input.ts'
import { clientFrames } from './client-frames.ts'
import { layout } from './layout.ts'
import { limits } from './limits.ts'
import { readSession } from './read-session.ts'
import { setup } from './setup.ts'

export const S2S: readonly Requirement[] = [
  ...setup,
  ...layout,
  ...clientFrames,
  ...limits,
  ...appendSession,
  ...badInput,
  ...readSession,
]
