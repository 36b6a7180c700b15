import type { Requirement } from '../../check/requirement.ts'
import * as consistency from './consistency.ts'
import * as requests from './requests.ts'
import * as tail from './tail.ts'

export const checkTailRequirements: readonly Requirement[] = [tail, consistency, requests].flatMap((group) =>
  Object.values(group),
)
