import { ClassicLevel } from 'classic-level'
import { lastOfEach } from './last-of-each.ts'
import { levelStore } from './level-store.ts'
import { makeDirectory } from './make-directory.ts'
import type { Store } from './store.ts'
import { StoreError } from './store-error.ts'
import { syncDirectory } from './sync-directory.ts'

/** LevelDB's own default makes 64 steps of a page of 1 MiB. */
const BYTES_A_STEP = 256 * 1024

/**
 * A LevelDB in this directory, made if it is missing; every group of commits is synced before it resolves (DUR-001).
 * Rejects with `StoreError` `open` when it cannot be made, another process holds it, or it cannot be read
 * and written.
 */
export async function openDiskStore(directory: string): Promise<Store> {
  const level = new ClassicLevel<Uint8Array, Uint8Array>(directory, {
    keyEncoding: 'view',
    valueEncoding: 'view',
  })
  try {
    await makeDirectory(directory)
    await level.open()
    // LevelDB renames the file that says where everything is, and leaves it at that.
    await syncDirectory(directory)
  } catch (cause) {
    throw new StoreError('open', `cannot open the data directory ${directory}: ${reason(cause)}`, cause)
  }
  return levelStore({
    level,
    iterate: ({ from, to }) => level.iterator({ gte: from, lt: to, highWaterMarkBytes: BYTES_A_STEP }),
    write(writes) {
      // One by one they cost a third less than as a list.
      const batch = level.batch()
      for (const write of lastOfEach(writes)) {
        if (write.type === 'put') batch.put(write.key, write.value)
        else batch.del(write.key)
      }
      return batch.write({ sync: true })
    },
  })
}

/** abstract-level says only that opening failed; its cause says why. */
function reason(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  if (!(cause instanceof Error)) return String(cause)
  return 'code' in cause && cause.code === 'LEVEL_LOCKED' ? 'another process uses it' : cause.message
}
