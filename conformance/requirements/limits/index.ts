import type { Requirement } from '../../check/requirement.ts'
import * as limits from './limits.ts'

/** The numbers of the API that no other group meets at their boundary. */
export const limitRequirements: readonly Requirement[] = Object.values(limits)
