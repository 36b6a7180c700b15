import type { Requirement } from '../../requirement.ts'
import * as tail from './tail.ts'

export const checkTail: readonly Requirement[] = [tail].flatMap((group) => Object.values(group))
