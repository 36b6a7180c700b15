import { allBatches, compareKeys, deletingKey } from '../../../reference-server/store/keys.ts'
import type { Entry, KeyRange, Store, Write } from '../../../reference-server/store/store.ts'
import { StoreError } from '../../../reference-server/store/store-error.ts'
import type { Bug } from './bug.ts'

/* What is written otherwise than it should be. */

export const batchesTear: Bug = {
  name: 'batches-tear',
  story: 'the writes of a group reach the disk one by one, and a crash may come between them',
  seams: () => ({
    database: (healthy) => ({
      ...healthy,
      async write(writes) {
        for (const write of writes) await healthy.write([write])
      },
    }),
  }),
}

export const statesComeLate: Bug = {
  name: 'states-come-late',
  story:
    'of a commit the records are written by themselves, and the state that counts them with the next commit',
  seams: () => ({
    database(healthy) {
      let late: readonly Write[] = []
      return {
        ...healthy,
        async write(writes) {
          const now = [...late, ...writes]
          late = writes.slice(-1)
          await healthy.write(now.slice(0, -1))
        },
      }
    },
  }),
}

export const failedSyncIsTriedAgain: Bug = {
  name: 'failed-sync-is-tried-again',
  story: 'a write whose sync failed is written and synced once more, and answered',
  seams: () => ({
    database: (healthy) => ({
      ...healthy,
      write: (writes) => healthy.write(writes).catch(() => healthy.write(writes)),
    }),
  }),
}

export const storeGoesOnAfterAFailure: Bug = {
  name: 'store-goes-on-after-a-failure',
  story: 'a failed write is told to those who wait for it, and later ones are taken as if nothing had been',
  seams: () => ({
    open: (database, healthy): Store => ({
      ...healthy(database),
      commit: (writes) =>
        database.write(writes).catch((cause: unknown) => {
          throw new StoreError('failed', 'the store failed to write', cause)
        }),
      healthy: () => true,
    }),
  }),
}

export const deletionLeavesRecords: Bug = {
  name: 'deletion-leaves-records',
  story: 'the records of a deleted stream are only hidden, and stay on the disk',
  seams: () => ({
    store(healthy) {
      const hidden: Uint8Array[] = []
      const space = allBatches(0n).from[0]
      return {
        ...healthy,
        commit(writes) {
          if (!writes.every(({ type, key }) => type === 'del' && key[0] === space))
            return healthy.commit(writes)
          hidden.push(...writes.map(({ key }) => key))
          return Promise.resolve()
        },
        range: (range) => without(healthy, range, hidden),
      }
    },
  }),
}

export const deletionIsNotResumed: Bug = {
  name: 'deletion-is-not-resumed',
  story: 'a deletion leaves no mark by which a restart would go on with it',
  seams: () => ({
    store: (healthy) => ({
      ...healthy,
      commit: (writes) =>
        healthy.commit(writes.filter(({ type, key }) => type === 'del' || key[0] !== deletingKey(0n)[0])),
    }),
  }),
}

async function* without(
  store: Store,
  range: KeyRange,
  hidden: readonly Uint8Array[],
): AsyncGenerator<Entry, void, undefined> {
  for await (const entry of store.range(range)) {
    if (!hidden.some((key) => compareKeys(key, entry.key) === 0)) yield entry
  }
}
