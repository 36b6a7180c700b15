import type { Requirement } from '../../check/requirement.ts'
import { histories } from './histories.ts'
import { observations } from './observations.ts'
import { sessions } from './sessions.ts'

export const LIN: readonly Requirement[] = [...histories, ...sessions, ...observations]
