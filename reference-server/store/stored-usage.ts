import { fromUtf8, utf8 } from './bytes.ts'
import { StoreError } from './store-error.ts'

/** What was counted in a minute, by name: pairs, as JSON. */
export const encodeUsage = (counts: ReadonlyMap<string, number>): Uint8Array =>
  utf8(JSON.stringify([...counts]))

/** Throws `StoreError` `corrupt` for what `encodeUsage` did not write. */
export function decodeUsage(bytes: Uint8Array): ReadonlyMap<string, number> {
  try {
    const counts: unknown = JSON.parse(fromUtf8(bytes))
    if (Array.isArray(counts) && counts.every(isCount)) return new Map(counts)
    throw new TypeError('no pairs of a name and a number')
  } catch (cause) {
    throw new StoreError('corrupt', 'the store holds usage that cannot be read', cause)
  }
}

const isCount = (entry: unknown): entry is readonly [string, number] =>
  Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string' && typeof entry[1] === 'number'
