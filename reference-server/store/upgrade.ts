import { addChecksum } from './checksum.ts'
import { decodeEntry } from './entry-kinds.ts'
import { encodeFormat, FORMAT, type FormatMark, type Level } from './format.ts'
import { allBatches, allStreams, expiredKey, formatKey, stateKey } from './keys.ts'
import { decodeBatch } from './stored-batch.ts'
import { decodeState } from './stored-state.ts'
import { decodeStream } from './stored-stream.ts'
import { encodeStreamId } from './stored-stream-id.ts'

/** Values of one atomic step, in number and in bytes. */
interface Step {
  readonly entries: number
  readonly bytes: number
}

const STEP: Step = { entries: 1000, bytes: 4 * 1024 * 1024 }

/**
 * Adds a checksum to every value of format 1, in atomic steps; a step records how far it has come, so that an upgrade that
 * was cut short goes on from there. A value that cannot be decoded gets none: reading it reports the damage. Returns the
 * number of values that this call has upgraded.
 */
export async function upgrade(level: Level, mark: FormatMark, step: Step = STEP): Promise<number> {
  if (mark.format === 1) await begin(level)
  let upgraded = 0
  let batch = level.batch()
  let [entries, bytes] = [0, 0]
  for await (const [key, value] of level.iterator({ gt: mark.upgradedTo ?? new Uint8Array() })) {
    if (key[0] === formatKey[0]) continue
    if (isSound(key, value)) batch.put(key, addChecksum(key, value))
    upgraded++
    bytes += value.length
    if (++entries < step.entries && bytes < step.bytes) continue
    await batch.put(formatKey, encodeFormat({ format: FORMAT, upgradedTo: key })).write({ sync: true })
    batch = level.batch()
    ;[entries, bytes] = [0, 0]
  }
  await batch.put(formatKey, encodeFormat({ format: FORMAT })).write({ sync: true })
  return upgraded
}

/** Marks the directory, and each stream whose first records have expired: format 1 does not record that. */
async function begin(level: Level): Promise<void> {
  const batch = level.batch()
  const streams = level.values({ gte: allStreams.from, lt: allStreams.to })
  for await (const value of streams) {
    const id = readable(() => decodeStream(value).id)
    if (id === undefined) continue
    const state = await level.get(stateKey(id))
    const first = await firstStored(level, id)
    const { tail, trimPoint } = readable(() => decodeState(state)) ?? decodeState(undefined)
    const begins = first ?? tail.seqNum
    if (begins > trimPoint) batch.put(expiredKey(id), encodeStreamId(begins))
  }
  await batch
    .put(formatKey, encodeFormat({ format: FORMAT, upgradedTo: new Uint8Array() }))
    .write({ sync: true })
}

async function firstStored(level: Level, id: bigint): Promise<bigint | undefined> {
  const { from, to } = allBatches(id)
  const [value] = await level.values({ gte: from, lt: to, limit: 1 }).all()
  return value && readable(() => decodeBatch(value)[0]?.seqNum)
}

function isSound(key: Uint8Array, value: Uint8Array): boolean {
  return readable(() => decodeEntry(key, value) ?? true) ?? false
}

function readable<Value>(decode: () => Value): Value | undefined {
  try {
    return decode()
  } catch {
    return undefined
  }
}
