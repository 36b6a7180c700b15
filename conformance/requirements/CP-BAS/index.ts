import type { Requirement } from '../../check/requirement.ts'
import { concurrency } from './concurrency.ts'
import { creation } from './creation.ts'
import { deleteCall } from './delete-call.ts'
import { ensure } from './ensure.ts'
import { hosted } from './hosted.ts'
import { idempotency } from './idempotency.ts'
import { info } from './info.ts'
import { listing } from './listing.ts'
import { locationMember } from './location-member.ts'
import { locations } from './locations.ts'
import { names } from './names.ts'
import { reconfigure } from './reconfigure.ts'
import { whileDeleting } from './while-deleting.ts'

export const CP_BAS: readonly Requirement[] = [
  ...names,
  ...listing,
  ...deleteCall,
  ...info,
  ...creation,
  ...idempotency,
  ...locationMember,
  ...whileDeleting,
  ...concurrency,
  ...locations,
  ...hosted,
  ...ensure,
  ...reconfigure,
]
