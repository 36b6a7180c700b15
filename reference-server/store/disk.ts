import { addChecksum, removeChecksum } from './checksum.ts'
import { describeEntry } from './entry-kinds.ts'
import { encodeFormat, FORMAT, type Level, readFormat } from './format.ts'
import { refuseIncomplete } from './incomplete-directory.ts'
import { formatKey } from './keys.ts'
import { lastOfEach } from './last-of-each.ts'
import { type Database, levelStore } from './level-store.ts'
import { damagedLogs } from './log-damage.ts'
import { makeDirectory } from './make-directory.ts'
import { openLevel, reasonOf } from './open-level.ts'
import type { Store } from './store.ts'
import { StoreError } from './store-error.ts'
import { syncDirectory } from './sync-directory.ts'
import { upgrade } from './upgrade.ts'

/** LevelDB's own default makes 64 steps of a page of 1 MiB. */
const BYTES_A_STEP = 256 * 1024

export interface DiskOptions {
  /** Called once data of an older format has been upgraded, with the number of values. */
  readonly onUpgrade?: (values: number) => void
}

/**
 * A LevelDB in this directory, made if it is missing; every group of commits is synced before it resolves (DUR-001). Every
 * value has a checksum, which each read verifies. Data of an older format is upgraded.
 * Rejects with `StoreError`: `open` when the directory cannot be created, read or written, lacks files, has a newer format,
 * or another process holds it; `corrupt` when the format of its data, or the log of LevelDB before its end, is damaged.
 */
export async function openDiskStore(directory: string, { onUpgrade }: DiskOptions = {}): Promise<Store> {
  try {
    await makeDirectory(directory)
    await refuseIncomplete(directory)
    await refuseDamagedLog(directory)
    const level = await openLevel(directory)
    try {
      // LevelDB renames the file that says where everything is, and leaves it at that.
      await syncDirectory(directory)
      await bringUpToDate(level, onUpgrade)
    } catch (error) {
      await level.close()
      throw error
    }
    return levelStore(diskDatabase(level))
  } catch (cause) {
    if (cause instanceof StoreError && cause.message.includes(directory)) throw cause
    const fault = cause instanceof StoreError ? cause.fault : 'open'
    throw new StoreError(fault, `cannot open the data directory ${directory}: ${reasonOf(cause)}`, cause)
  }
}

/** Opening a damaged log would lose acknowledged commits and then delete the log. */
async function refuseDamagedLog(directory: string): Promise<void> {
  const [damage] = await damagedLogs(directory)
  if (damage !== undefined)
    throw new StoreError('corrupt', `${damage}; restore the whole directory from a backup`)
}

async function bringUpToDate(level: Level, onUpgrade: DiskOptions['onUpgrade']): Promise<void> {
  const mark = await readFormat(level)
  if (mark === undefined) return await level.put(formatKey, encodeFormat({ format: FORMAT }), { sync: true })
  if (mark.format === FORMAT && mark.upgradedTo === undefined) return
  const values = await upgrade(level, mark)
  onUpgrade?.(values)
}

function diskDatabase(level: Level): Database {
  return {
    level,
    iterate: ({ from, to }) => level.iterator({ gte: from, lt: to, highWaterMarkBytes: BYTES_A_STEP }),
    verify(key, stored) {
      const value = removeChecksum(key, stored)
      if (value === undefined) throw new StoreError('corrupt', `${describeEntry(key)} has a wrong checksum`)
      return value
    },
    write(writes) {
      // One by one they cost a third less than as a list.
      const batch = level.batch()
      for (const write of lastOfEach(writes)) {
        if (write.type === 'put') batch.put(write.key, addChecksum(write.key, write.value))
        else batch.del(write.key)
      }
      return batch.write({ sync: true })
    },
  }
}
