import type { Requirement } from '../../check/requirement.ts'
import { autoPrefix } from './auto-prefix.ts'
import { denials } from './denials.ts'
import { escalation } from './escalation.ts'
import { issuing } from './issuing.ts'
import { listing } from './listing.ts'
import { notImplemented } from './not-implemented.ts'
import { permissions } from './permissions.ts'
import { revoking } from './revoking.ts'

export const CP_TOK: readonly Requirement[] = [
  ...notImplemented,
  ...issuing,
  ...listing,
  ...escalation,
  ...revoking,
  ...permissions,
  ...denials,
  ...autoPrefix,
]
