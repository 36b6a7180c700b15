import { MAX_LIST_LIMIT } from '../../../proto/limits.ts'
import { compareNames } from '../resources/names.ts'
import type { ResourceSet } from './resource-set.ts'

export interface ListRequest {
  /** Empty means all (CP-RT-023). */
  readonly prefix: string
  /** True: only the very name in `prefix`. No request asks for that, but the scope of a token may (CP-TOK-040). */
  readonly exact?: boolean
  /** Names that are passed over: whoever asks has no name for what they name (CP-TOK-050). */
  readonly unnamed?: readonly string[]
  /** Exclusive, and need not exist; empty means from the first (CP-BAS-013). */
  readonly startAfter: string
  /** 0 is the default, and above 1000 is 1000; never an error (CP-BAS-015). */
  readonly limit: bigint | undefined
}

export interface Page<Item> {
  readonly items: readonly Item[]
  /** True exactly when a further match exists (CP-BAS-016). */
  readonly hasMore: boolean
}

/** Items that a page may hold. */
export function pageLimit({ limit }: ListRequest): number {
  if (limit === undefined || limit === 0n || limit > BigInt(MAX_LIST_LIMIT)) return MAX_LIST_LIMIT
  return Number(limit)
}

/** Both bounds apply: names above `startAfter` that begin with `prefix` (CP-BAS-012 to CP-BAS-014). */
export function isListed(
  name: string,
  { prefix, exact = false, unnamed = [], startAfter }: ListRequest,
): boolean {
  const matches = exact ? name === prefix : name.startsWith(prefix)
  return matches && !unnamed.includes(name) && (startAfter === '' || compareNames(name, startAfter) > 0)
}

/**
 * The same listing, but only of what a token may see. A listing is never refused for what is outside of the scope: it
 * shows what is inside, and no page or `has_more` tells that there is more (CP-TOK-040, CP-TOK-042). That it is not refused is
 * what the Go SDK's tables say; the documents do not.
 */
export function narrowListing(request: ListRequest, visible: ResourceSet): ListRequest {
  const { prefix } = request
  switch (visible.match) {
    case 'exact':
      return visible.name.startsWith(prefix) ? only(visible.name, request) : only('', request)
    case 'prefix':
      if (prefix.startsWith(visible.prefix)) return request
      return visible.prefix.startsWith(prefix) ? { ...request, prefix: visible.prefix } : only('', request)
    case 'none':
      return only('', request)
  }
}

/** The listing of one name, of none if it is empty. */
const only = (name: string, request: ListRequest): ListRequest => ({
  ...request,
  prefix: name,
  exact: true,
  limit: 1n,
})

/** One page of what is there, given in ascending byte order of the names (CP-BAS-010, CP-BAS-011, CP-BAS-017). */
export function page<Item extends { readonly name: string }>(
  items: Iterable<Item>,
  request: ListRequest,
): Page<Item> {
  const limit = pageLimit(request)
  const listed: Item[] = []
  for (const item of items) {
    if (!isListed(item.name, request)) continue
    if (listed.length === limit) return { items: listed, hasMore: true }
    listed.push(item)
  }
  return { items: listed, hasMore: false }
}
