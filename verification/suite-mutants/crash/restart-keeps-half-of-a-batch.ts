import { allBatches } from '../../../reference-server/store/keys.ts'
import { decodeBatch, encodeBatch } from '../../../reference-server/store/stored-batch.ts'
import type { StoreDefect } from '../defect.ts'

const BATCH = allBatches(0n).from[0]

export const restartKeepsHalfOfABatch: StoreDefect = {
  name: 'restart-keeps-half-of-a-batch',
  seam: 'store',
  only: 'crash',
  kills: ['DUR-012'],
  story: 'After a restart the second half of each batch is gone.',
  apply(store, fired) {
    const own = new Set<string>()
    return {
      ...store,
      commit(writes) {
        for (const { key } of writes) if (key[0] === BATCH) own.add(`${key}`)
        return store.commit(writes)
      },
      async *range(wanted) {
        for await (const entry of store.range(wanted)) {
          const isOld = entry.key[0] === BATCH && !own.has(`${entry.key}`)
          const records = isOld ? decodeBatch(entry.value) : []
          const half = records.slice(0, Math.ceil(records.length / 2))
          yield half.length === records.length ? entry : fired({ ...entry, value: encodeBatch(half) })
        }
      },
    }
  },
}
