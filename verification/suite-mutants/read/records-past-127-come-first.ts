import type { Entry, KeyRange, Store } from '../../../reference-server/store/store.ts'
import type { Fired, StoreDefect } from '../defect.ts'

export const recordsPast127ComeFirst: StoreDefect = {
  name: 'records-past-127-come-first',
  seam: 'store',
  kills: ['APP-044'],
  story: 'Reads over more than one batch come out of order: the bytes of keys are compared with their sign.',
  apply: (store, fired) => ({ ...store, range: (wanted) => signedRange(store, wanted, fired) }),
}

async function* signedRange(store: Store, wanted: KeyRange, fired: Fired): AsyncGenerator<Entry> {
  const entries: Entry[] = []
  for await (const entry of store.range(wanted)) entries.push(entry)
  const signed = entries.toSorted((left, right) => compareSigned(left.key, right.key))
  yield* signed[0] === entries[0] ? signed : fired(signed)
}

function compareSigned(left: Uint8Array, right: Uint8Array): number {
  const other = new Int8Array(right)
  for (const [index, byte] of new Int8Array(left).entries()) {
    const difference = byte - (other[index] ?? Number.NEGATIVE_INFINITY)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
