import type { AbstractLevel } from 'abstract-level'
import { groupCommit } from './group-commit.ts'
import type { Entry, KeyRange, Store, Write } from './store.ts'
import { StoreError } from './store-error.ts'

export type Database = Pick<
  AbstractLevel<string | Buffer | Uint8Array, Uint8Array, Uint8Array>,
  'get' | 'iterator' | 'close'
>

/** Entries fetched in one step of a range. */
const ENTRIES_A_STEP = 64

/** A store over an open database; `write` makes a batch durable, all or nothing. */
export function levelStore(database: Database, write: (writes: readonly Write[]) => Promise<void>): Store {
  const group = groupCommit(write)
  return {
    get: (key) => database.get(key).catch(unreadable),
    range: (range) => entries(database, range),
    commit: group.commit,
    healthy: group.healthy,
    async close() {
      await group.close()
      await database.close()
    },
  }
}

/** The snapshot is that of the iterator's making, which is the first step. */
async function* entries(database: Database, { from, to }: KeyRange): AsyncGenerator<Entry, void, undefined> {
  const iterator = database.iterator({ gte: from, lt: to })
  try {
    for (;;) {
      const step = await iterator.nextv(ENTRIES_A_STEP).catch(unreadable)
      if (step.length === 0) return
      for (const [key, value] of step) yield { key, value }
    }
  } finally {
    await iterator.close()
  }
}

function unreadable(cause: unknown): never {
  throw new StoreError('failed', 'the store cannot be read', cause)
}
