import type { Requirement } from '../../check/requirement.ts'
import { autoCreation } from './auto-creation.ts'
import { deletedStreams } from './deleted-streams.ts'
import { firstTouch } from './first-touch.ts'
import { retention } from './retention.ts'
import { stability } from './stability.ts'

export const AUT: readonly Requirement[] = [
  ...autoCreation,
  ...firstTouch,
  ...deletedStreams,
  ...retention,
  ...stability,
]
