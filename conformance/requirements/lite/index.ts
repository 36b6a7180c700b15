import type { Requirement } from '../../check/requirement.ts'
import * as notImplemented from './not-implemented.ts'
import * as operations from './operations.ts'
import * as situations from './situations.ts'

/** What a server does that claims to be like s2-lite, beyond the API: codes, what it lacks, how it is watched. */
export const liteRequirements: readonly Requirement[] = [situations, notImplemented, operations].flatMap(
  (concept) => Object.values(concept),
)
