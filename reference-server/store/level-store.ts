import type { AbstractLevel } from 'abstract-level'
import { groupCommit } from './group-commit.ts'
import type { Entry, KeyRange, RangeOptions, Store, Sync, Write } from './store.ts'
import { StoreError } from './store-error.ts'

/** What the stores on abstract-level differ in. */
export interface Database {
  readonly level: Pick<AbstractLevel<string | Buffer | Uint8Array, Uint8Array, Uint8Array>, 'get' | 'close'>
  /** Over a snapshot of this moment; its steps are bounded in entries and bytes. */
  iterate(range: KeyRange): {
    nextv(entries: number): Promise<[Uint8Array, Uint8Array][]>
    close(): Promise<void>
  }
  /** Returns the value as it was written. Throws `StoreError` `corrupt` if it has changed. Default: values do not change. */
  verify?(key: Uint8Array, stored: Uint8Array): Uint8Array
  /** All or nothing; resolves once it is durable. */
  write(writes: readonly Write[]): Promise<void>
}

const ENTRIES_A_STEP = 128

export function levelStore({ level, iterate, verify = (_, stored) => stored, write }: Database): Store {
  let synced: (sync: Sync) => void = () => {}
  let failed: (error: StoreError) => void = () => {}
  const group = groupCommit(write, { synced: (sync) => synced(sync), failed: (error) => failed(error) })
  let closed = false

  function unreadable(cause: unknown): never {
    if (closed) throw new StoreError('closed', 'the store is closed', cause)
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'LEVEL_CORRUPTION') throw new StoreError('corrupt', 'LevelDB finds its files damaged', cause)
    if (code === 'LEVEL_IO_ERROR') throw new StoreError('corrupt', 'LevelDB cannot read its files', cause)
    throw new StoreError('failed', 'the store cannot be read', cause)
  }

  async function* range(
    wanted: KeyRange,
    { keysOnly = false }: RangeOptions = {},
  ): AsyncGenerator<Entry, void, undefined> {
    if (closed) unreadable(undefined)
    const iterator = iterate(wanted)
    try {
      for (;;) {
        const step = await iterator.nextv(ENTRIES_A_STEP).catch(unreadable)
        if (step.length === 0) return
        for (const [key, stored] of step) yield { key, value: keysOnly ? stored : verify(key, stored) }
      }
    } finally {
      await iterator.close()
    }
  }

  async function get(key: Uint8Array): Promise<Uint8Array | undefined> {
    const stored = await level.get(key).catch(unreadable)
    return stored === undefined ? undefined : verify(key, stored)
  }

  return {
    get,
    range,
    commit: group.commit,
    healthy: group.healthy,
    async close() {
      await group.close()
      closed = true
      await level.close()
    },
    onSync(listener) {
      synced = listener
    },
    onFailure(listener) {
      failed = listener
    },
  }
}
