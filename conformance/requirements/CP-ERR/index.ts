import type { Requirement } from '../../check/requirement.ts'
import { bodies } from './bodies.ts'
import { situations } from './situations.ts'

export const CP_ERR: readonly Requirement[] = [...bodies, ...situations]
