import type { Requirement } from '../../check/requirement.ts'
import * as autoCreation from './auto-creation.ts'
import * as deletion from './deletion.ts'
import * as firstTouch from './first-touch.ts'
import * as retention from './retention.ts'
import * as stability from './stability.ts'

export const lifecycleRequirements: readonly Requirement[] = [
  autoCreation,
  firstTouch,
  deletion,
  stability,
  retention,
].flatMap((group) => Object.values(group))
