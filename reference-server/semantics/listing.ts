import { MAX_LIST_LIMIT } from '../../proto/limits.ts'
import { compareNames } from './names.ts'

export interface ListRequest {
  /** Empty means all (CP-RT-023). */
  readonly prefix: string
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
export function isListed(name: string, { prefix, startAfter }: ListRequest): boolean {
  return name.startsWith(prefix) && (startAfter === '' || compareNames(name, startAfter) > 0)
}

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
