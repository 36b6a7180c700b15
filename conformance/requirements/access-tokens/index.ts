import type { Requirement } from '../../check/requirement.ts'
import * as autoPrefix from './auto-prefix.ts'
import * as credentials from './credentials.ts'
import * as denials from './denials.ts'
import * as escalation from './escalation.ts'
import * as issuing from './issuing.ts'
import * as listing from './listing.ts'
import {
  groupsGrant,
  opAndResources,
  operationNames,
  resourceSets,
  unionOfOpsAndGroups,
} from './permissions.ts'
import * as revoking from './revoking.ts'

export const accessTokenRequirements: readonly Requirement[] = [
  ...[issuing, listing, revoking, escalation, denials, autoPrefix, credentials].flatMap((group) =>
    Object.values(group),
  ),
  resourceSets,
  groupsGrant,
  operationNames,
  unionOfOpsAndGroups,
  opAndResources,
]
