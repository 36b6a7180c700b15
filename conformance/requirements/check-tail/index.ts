import type { Requirement } from '../../requirement.ts'
import { tailAfterAppends, tailOfEmptyStream, tailResult } from './tail.ts'

export const checkTailRequirements: readonly Requirement[] = [tailResult, tailOfEmptyStream, tailAfterAppends]
