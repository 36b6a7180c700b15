import type { Requirement } from '../requirement.ts'
import { appendRequirements } from './append/index.ts'
import { checkTailRequirements } from './check-tail/index.ts'
import { commandRequirements } from './commands/index.ts'
import { durabilityRequirements } from './durability/index.ts'
import { errorRequirements } from './errors/index.ts'
import { recordRequirements } from './records/index.ts'
import { routingRequirements } from './routing/index.ts'

/** Every requirement that has a check, group by group; the index of a group lists those of its folder. */
export const requirements: readonly Requirement[] = [
  ...routingRequirements,
  ...recordRequirements,
  ...appendRequirements,
  ...commandRequirements,
  ...checkTailRequirements,
  ...errorRequirements,
  ...durabilityRequirements,
]
