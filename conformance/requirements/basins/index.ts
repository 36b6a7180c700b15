import type { Requirement } from '../../check/requirement.ts'
import * as concurrency from './concurrency.ts'
import * as creation from './creation.ts'
import * as deleting from './deleting.ts'
import * as deletion from './deletion.ts'
import * as ensure from './ensure.ts'
import * as idempotency from './idempotency.ts'
import * as info from './info.ts'
import * as listing from './listing.ts'
import * as location from './location.ts'
import * as names from './names.ts'
import * as reconfigure from './reconfigure.ts'

/** Basins: names, listing, and their life from creation to deletion. */
export const basinRequirements: readonly Requirement[] = [
  names,
  listing,
  info,
  creation,
  idempotency,
  location,
  concurrency,
  ensure,
  reconfigure,
  deletion,
  deleting,
].flatMap((concept) => Object.values(concept))
