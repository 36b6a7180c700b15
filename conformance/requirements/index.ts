import type { Requirement } from '../requirement.ts'
import { checkTailRequirements } from './check-tail/index.ts'

/** Every requirement that has a check, group by group; the index of a group lists those of its folder. */
export const requirements: readonly Requirement[] = [...checkTailRequirements]
