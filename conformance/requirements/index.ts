import type { Requirement } from '../requirement.ts'
import { checkTail } from './check-tail/index.ts'

/**
 * Every requirement that has a check, area by area in the catalogue's order. An area's index lists the files of its
 * folder; whatever such a file exports is a requirement.
 */
export const requirements: readonly Requirement[] = [...checkTail]
