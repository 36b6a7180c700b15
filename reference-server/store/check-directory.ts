import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../../kit/message-of.ts'
import { removeChecksum } from './checksum.ts'
import { decodeEntry, describeEntry } from './entry-kinds.ts'
import { type FormatMark, type Level, readFormat } from './format.ts'
import { formatKey } from './keys.ts'
import { damagedLogs } from './log-damage.ts'
import { openLevel, reasonOf } from './open-level.ts'
import { takeSnapshot } from './snapshot.ts'
import { StoreError } from './store-error.ts'
import { StreamCheck } from './stream-check.ts'

export interface CheckReport {
  readonly values: number
  readonly streams: number
  readonly records: number
  readonly damages: number
}

/**
 * Reads a whole data directory without changing it, and calls `damaged` for each damage and `note` for what may be one. Every
 * checksum is verified, every value decoded, and the records of each stream must run from its first to its tail. Rejects
 * with `StoreError` `open` if the directory cannot be opened or a process uses it.
 */
export async function checkDirectory(
  directory: string,
  { damaged, note }: { readonly damaged: (what: string) => void; readonly note: (what: string) => void },
): Promise<CheckReport> {
  const snapshot = await takeSnapshot(directory).catch(cannotOpen(directory))
  try {
    // Opening replaces the log.
    const logs = await damagedLogs(snapshot.path)
    const level = await openLevel(snapshot.path, { createIfMissing: false }).catch(cannotOpen(directory))
    try {
      for (const line of await droppedByLevel(snapshot.path)) note(line)
      for (const line of logs) damaged(line)
      const report = await checkLevel(level, damaged)
      return { ...report, damages: report.damages + logs.length }
    } finally {
      await level.close()
    }
  } finally {
    await snapshot.remove()
  }
}

const cannotOpen =
  (directory: string) =>
  (cause: unknown): never => {
    if (cause instanceof StoreError) throw cause
    throw new StoreError('open', `cannot open the data directory ${directory}: ${reasonOf(cause)}`, cause)
  }

async function checkLevel(level: Level, report: (what: string) => void): Promise<CheckReport> {
  let [values, damages] = [0, 0]
  const damaged = (what: string): void => {
    damages++
    report(what)
  }
  const mark = await formatOf(level, damaged)
  const streams = new StreamCheck(level, mark?.format !== 1, damaged)
  // Kinds of entries one by one: LevelDB ends an iteration where it cannot read on.
  for (let kind = 0; kind < 256; kind++) {
    try {
      for await (const [key, stored] of level.iterator(rangeOf(kind))) {
        if (kind === formatKey[0]) continue
        values++
        const value = hasChecksum(mark, key) ? removeChecksum(key, stored) : stored
        const fault = faultOf(key, value)
        if (fault !== undefined) damaged(`${describeEntry(key)} ${fault}`)
        await streams.add(key, fault === undefined ? value : undefined)
      }
    } catch (error) {
      damaged(`LevelDB cannot read all entries of kind ${kind}: ${messageOf(error)}`)
    }
  }
  await streams.end()
  return { values, damages, ...streams.counts }
}

async function formatOf(level: Level, damaged: (what: string) => void): Promise<FormatMark | undefined> {
  try {
    return await readFormat(level)
  } catch (error) {
    if (error instanceof StoreError && error.fault !== 'corrupt') throw error
    damaged(
      error instanceof StoreError ? error.message : `LevelDB cannot read the format: ${messageOf(error)}`,
    )
    return undefined
  }
}

/** In format 1 no value has a checksum, and while it is upgraded those up to a key. */
function hasChecksum(mark: FormatMark | undefined, key: Uint8Array): boolean {
  if (mark?.format === 1) return false
  return mark?.upgradedTo === undefined || Buffer.compare(key, mark.upgradedTo) <= 0
}

function faultOf(key: Uint8Array, value: Uint8Array | undefined): string | undefined {
  if (value === undefined) return 'has a wrong checksum'
  try {
    decodeEntry(key, value)
    return undefined
  } catch (error) {
    return `cannot be decoded: ${messageOf(error)}`
  }
}

const rangeOf = (kind: number): { gte: Uint8Array; lt?: Uint8Array } =>
  kind === 255 ? { gte: Uint8Array.of(kind) } : { gte: Uint8Array.of(kind), lt: Uint8Array.of(kind + 1) }

/** LevelDB drops parts of its log that it cannot read, and says so in a file of its own. */
async function droppedByLevel(path: string): Promise<readonly string[]> {
  const log = await readFile(join(path, 'LOG'), 'utf8').catch(() => '')
  return [...log.matchAll(/(\d+\.log): dropping (\d+) bytes; (.*)/g)].map(
    ([, file, bytes, why]) =>
      `LevelDB drops ${bytes} bytes of ${file} (${why}): at its end a crash leaves this, elsewhere it is damage`,
  )
}
