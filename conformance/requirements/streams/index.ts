import type { Requirement } from '../../check/requirement.ts'
import * as autoCreation from './auto-creation.ts'
import * as concurrency from './concurrency.ts'
import * as creation from './creation.ts'
import * as deleting from './deleting.ts'
import * as deletion from './deletion.ts'
import * as ensure from './ensure.ts'
import * as idempotency from './idempotency.ts'
import * as info from './info.ts'
import * as listing from './listing.ts'
import * as live from './live.ts'
import * as names from './names.ts'
import * as reconfigure from './reconfigure.ts'

/** Streams as the control plane sees them: names, listing, and their life from creation to deletion. */
export const streamRequirements: readonly Requirement[] = [
  names,
  listing,
  info,
  creation,
  idempotency,
  concurrency,
  ensure,
  reconfigure,
  live,
  deletion,
  deleting,
  autoCreation,
].flatMap((concept) => Object.values(concept))
