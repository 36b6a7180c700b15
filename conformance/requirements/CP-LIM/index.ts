import type { Requirement } from '../../check/requirement.ts'
import { limits } from './limits.ts'

export const CP_LIM: readonly Requirement[] = [...limits]
