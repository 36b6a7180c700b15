import type { FastifyRequest } from 'fastify'
import type { ListRequest } from '../../semantics/access/listing.ts'
import type { Flavor } from '../../semantics/resources/flavor.ts'
import type { Misnamed } from '../../semantics/resources/names.ts'
import { readValue } from '../requests/malformed-value.ts'
import { badQuery, parseQuery, type Query, u64 } from '../requests/query.ts'

/** `prefix`, `start_after` and `limit`. Refused as `bad_query`, or as the flavor says (CP-RT-020, CP-BAS-003, CP-STR-003). */
export function parseListing(
  request: FastifyRequest,
  check: (text: string) => Misnamed | undefined,
  flavor: Flavor,
): ListRequest {
  const query = parseQuery(request, ['prefix', 'start_after', 'limit'])
  return readValue(flavor, () => readListing(query, check))
}

function readListing(
  query: Query<'prefix' | 'start_after' | 'limit'>,
  check: (text: string) => Misnamed | undefined,
): ListRequest {
  const { prefix = '', start_after: startAfter = '' } = query
  for (const [key, text] of Object.entries({ prefix, start_after: startAfter })) {
    const misnamed = check(text)
    if (misnamed !== undefined) throw badQuery(key, `is not valid: ${misnamed.misnamed}`)
  }
  return { prefix, startAfter, limit: u64(query, 'limit') }
}
