import type { Requirement } from '../../check/requirement.ts'
import { autoCreation } from './auto-creation.ts'
import { concurrency } from './concurrency.ts'
import { creation } from './creation.ts'
import { deleteCall } from './delete-call.ts'
import { ensure } from './ensure.ts'
import { idempotency } from './idempotency.ts'
import { info } from './info.ts'
import { listing } from './listing.ts'
import { live } from './live.ts'
import { names } from './names.ts'
import { reconfigure } from './reconfigure.ts'
import { storageClass } from './storage-class.ts'
import { whileDeleting } from './while-deleting.ts'

export const CP_STR: readonly Requirement[] = [
  ...names,
  ...listing,
  ...info,
  ...creation,
  ...idempotency,
  ...whileDeleting,
  ...concurrency,
  ...ensure,
  ...live,
  ...reconfigure,
  ...storageClass,
  ...deleteCall,
  ...autoCreation,
]
