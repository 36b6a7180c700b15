import type { Header } from './types.ts'

/**
 * Headers take a hundred times their size as objects. Of a record with many they are not kept: each look at them reads them
 * again from what the record was read from, so that a reader who stands still makes nobody hold them.
 */
export function lazyHeaders<R extends { readonly headers: readonly Header[] }>(
  record: R,
  read: () => readonly Header[],
): R {
  if (record.headers.length <= MANY_HEADERS) return record
  return Object.defineProperty(record, 'headers', { get: read, enumerable: true })
}

/** No more than a page of ordinary records has at most. */
const MANY_HEADERS = 256
