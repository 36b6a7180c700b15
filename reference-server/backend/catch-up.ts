import { MAX_METERED_BYTES } from '../../proto/limits.ts'
import type { SeqNum, Timestamp } from '../../proto/types.ts'
import { type KeptRecord, sizeOf } from '../semantics/read/kept-record.ts'
import type { Budget } from '../semantics/read/read-bounds.ts'
import { Continuity, missing } from '../store/continuity.ts'
import { batchesRange, batchKey, lastOfTimestampKey, timestampsFrom } from '../store/keys.ts'
import type { Entry, KeyRange, Store } from '../store/store.ts'
import { StoreError } from '../store/store-error.ts'
import { decodeBatch } from '../store/stored-batch.ts'
import { isDamage } from './damage.ts'
import type { LiveStream } from './live-stream.ts'
import { overheadOf } from './record-memory.ts'

/** What of a stream its pages depend on. */
export interface Readable extends Pick<LiveStream, 'durable' | 'visibleFrom' | 'mayLack'> {
  readonly stored: Pick<LiveStream['stored'], 'id'>
}

/**
 * In memory, about. One page holds more than one batch, so that it is the rule that cuts them; it bounds what a reader costs. By
 * memory and not by records, as a page of small ones would be read in no time and cost as many turns as one of large ones.
 */
const PAGE_BYTES = 2 * Number(MAX_METERED_BYTES)

/**
 * Durable records in order, from this number on or, where that is trimmed, from the first that is there (CMD-022). Empty
 * if there are none below the tail. No more is read than the budget can use, and the first record beyond it. A page ends
 * before damage; one that begins with it rejects with `StoreError` `corrupt`.
 */
export async function readPage(
  store: Store,
  stream: Readable,
  from: SeqNum,
  budget: Budget,
): Promise<readonly KeptRecord[]> {
  const first = firstVisible(stream, from)
  const isBeyond = beyond(budget)
  const records: KeptRecord[] = []
  const { id } = stream.stored
  const tail = stream.durable.tail.seqNum
  const continuity = new Continuity(first, (seqNum) => stream.mayLack(seqNum))
  let taken = 0
  try {
    for await (const { key, value } of store.range(batchesRange(id, first, tail))) {
      const batch = decodeBatch(value)
      continuity.add(key, batch)
      for (const record of batch) {
        // Of the first batch, what comes before is not asked for, or trimmed.
        if (record.seqNum < first) continue
        records.push(record)
        taken += overheadOf(record)
        if (isBeyond(record)) return records
      }
      taken += value.length
      if (taken >= PAGE_BYTES) return records
    }
    continuity.end(tail)
  } catch (error) {
    if (records.length === 0 || !isDamage(error)) throw error
  }
  return records
}

/**
 * Where a reader finds the first visible record that is not older than this (READ-005): its number, or that of a hidden one
 * before it, from which reading goes on to it. The tail if there is none (READ-016).
 */
export async function resolveTimestamp(
  store: Store,
  stream: Readable,
  timestamp: Timestamp,
): Promise<SeqNum> {
  const { tail } = stream.durable
  const isEmpty = (await firstOf(store, batchesFrom(stream, firstVisible(stream, 0n)))) === undefined
  if (isEmpty) return tail.seqNum
  const { id } = stream.stored
  const found = await firstOf(store, timestampsFrom(id, timestamp))
  if (found === undefined) {
    if (tail.timestamp >= timestamp && !stream.mayLack(tail.seqNum - 1n)) throw noTimestamp(tail.seqNum - 1n)
    return tail.seqNum
  }
  const last = lastOfTimestampKey(found.key)
  const batch = await store.get(batchKey(id, last))
  if (batch === undefined) {
    if (!stream.mayLack(last)) throw missing(last, last + 1n)
    return last
  }
  const records = decodeBatch(batch)
  const [first] = records
  if (first !== undefined) await checkOlder(store, stream, first.seqNum, timestamp)
  return records.find((record) => record.timestamp >= timestamp)?.seqNum ?? last
}

/** Checks that the batch before this position is older than the timestamp: the index might have lost its entry. */
async function checkOlder(
  store: Store,
  stream: Readable,
  seqNum: SeqNum,
  timestamp: Timestamp,
): Promise<void> {
  if (seqNum === 0n || stream.mayLack(seqNum - 1n)) return
  const before = await store.get(batchKey(stream.stored.id, seqNum - 1n))
  if (before === undefined) {
    if (!stream.mayLack(seqNum - 1n)) throw missing(seqNum - 1n, seqNum)
    return
  }
  const newest = decodeBatch(before).at(-1)
  if (newest !== undefined && newest.timestamp >= timestamp) throw noTimestamp(newest.seqNum)
}

const noTimestamp = (last: SeqNum): StoreError =>
  new StoreError('corrupt', `the timestamp of the batch that ends with record ${last} is missing`)

const firstVisible = ({ visibleFrom }: Readable, from: SeqNum): SeqNum =>
  from > visibleFrom ? from : visibleFrom

const batchesFrom = ({ stored, durable }: Readable, from: SeqNum): KeyRange =>
  batchesRange(stored.id, from, durable.tail.seqNum)

/** Tells of each record after the other whether the budget ends before it. Sizes are asked for only where they are bounded. */
function beyond({ count, bytes }: Budget): (record: KeptRecord) => boolean {
  const most = count === undefined ? Number.POSITIVE_INFINITY : Number(count)
  let records = 0
  let size = 0n
  return (record) => {
    if (++records > most) return true
    if (bytes === undefined) return false
    size += sizeOf(record)
    return size > bytes
  }
}

async function firstOf(store: Store, range: KeyRange): Promise<Entry | undefined> {
  for await (const entry of store.range(range)) return entry
  return undefined
}
