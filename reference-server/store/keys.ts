import type { SeqNum, Timestamp } from '../../proto/types.ts'
import { smallBytes, utf8, viewOf } from './bytes.ts'
import type { KeyRange } from './store.ts'

/*
 * Byte order of keys is the order things are read in: names as UTF-8 (CP-BAS-011), numbers big-endian. A stream's data
 * stands under the number of its incarnation, never under its name, so nothing of a deleted stream can meet its successor
 * (AUT-022). No stream name contains NUL, so no basin's streams run into another's (CP-STR-011).
 */

/** Number of a stream's incarnation, never given twice. */
export type StreamId = bigint

export const SPACE = {
  nextStreamId: 0x00,
  basin: 0x01,
  stream: 0x02,
  state: 0x03,
  batch: 0x04,
  timestamp: 0x05,
  trimming: 0x06,
  deleting: 0x07,
  accessToken: 0x08,
  defaultLocation: 0x09,
  emptiness: 0x0a,
  expired: 0x0b,
  format: 0xff,
} as const

/** The number the next stream gets. */
export const nextStreamIdKey: Uint8Array = Uint8Array.of(SPACE.nextStreamId)

/** Format of the stored values, in a store on disk. */
export const formatKey: Uint8Array = Uint8Array.of(SPACE.format)

/** Name of the location that was chosen as the default. */
export const defaultLocationKey: Uint8Array = Uint8Array.of(SPACE.defaultLocation)

export const basinKey = (basin: string): Uint8Array => named(SPACE.basin, basin)

export const basinsRange: KeyRange = wholeSpace(SPACE.basin)

export const streamKey = (basin: string, stream: string): Uint8Array =>
  named(SPACE.stream, `${basin}\0${stream}`)

export const allStreams: KeyRange = wholeSpace(SPACE.stream)

/** Streams of a basin whose names begin with `prefix`, none of them below `first`. */
export function streamsRange(basin: string, prefix: string, first: string): KeyRange {
  return namedRange(streamKey(basin, prefix), streamKey(basin, first))
}

export const stateKey = (id: StreamId): Uint8Array => numbered(SPACE.state, id)

/** States of the streams from this number on. */
export const statesFrom = (id: StreamId): KeyRange => ({
  from: stateKey(id),
  to: Uint8Array.of(SPACE.state + 1),
})

/** A batch stands under the number of its last record, so that the first key from a number on holds its record. */
export const batchKey = (id: StreamId, last: SeqNum): Uint8Array => numbered(SPACE.batch, id, last)

/** Number of the stream that a key of one stream's data belongs to. */
export const streamIdOfKey = (key: Uint8Array): StreamId => viewOf(key).getBigUint64(1)

/** Number of the last record of the batch under this key. */
export const lastOfBatchKey = (key: Uint8Array): SeqNum => viewOf(key).getBigUint64(9)

/** Batches whose last record is one of those from `from` up to, not including, `to`. */
export const batchesRange = (id: StreamId, from: SeqNum, to: SeqNum): KeyRange => ({
  from: batchKey(id, from),
  to: batchKey(id, to),
})

export const allBatches = (id: StreamId): KeyRange => allOf(SPACE.batch, id)

/** Finds a batch by the timestamp of its last record, the newest in it (APP-041). */
export const timestampKey = (id: StreamId, timestamp: Timestamp, last: SeqNum): Uint8Array =>
  numbered(SPACE.timestamp, id, timestamp, last)

/** Number of the last record of the batch that a timestamp key finds. */
export const lastOfTimestampKey = (key: Uint8Array): SeqNum => viewOf(key).getBigUint64(17)

/** Batches that hold a record which is not older than this. */
export const timestampsFrom = (id: StreamId, timestamp: Timestamp): KeyRange => ({
  from: numbered(SPACE.timestamp, id, timestamp),
  to: allTimestamps(id).to,
})

export const allTimestamps = (id: StreamId): KeyRange => allOf(SPACE.timestamp, id)

/** Present while trimmed records of the stream are still stored. */
export const trimmingKey = (id: StreamId): Uint8Array => numbered(SPACE.trimming, id)

export const trimmingRange: KeyRange = wholeSpace(SPACE.trimming)

/** Present from a stream's DELETE until nothing of it is left. */
export const deletingKey = (id: StreamId): Uint8Array => numbered(SPACE.deleting, id)

export const deletingRange: KeyRange = wholeSpace(SPACE.deleting)

/** That the stream was found empty, and when. */
export const emptinessKey = (id: StreamId): Uint8Array => numbered(SPACE.emptiness, id)

/** Present once records of the stream have expired and were removed: the number after the last of them. */
export const expiredKey = (id: StreamId): Uint8Array => numbered(SPACE.expired, id)

export const accessTokenKey = (id: string): Uint8Array => named(SPACE.accessToken, id)

/** Access tokens whose ids begin with `prefix`, none of them below `first`. */
export function accessTokensRange(prefix: string, first: string): KeyRange {
  return namedRange(accessTokenKey(prefix), accessTokenKey(first))
}

export function compareKeys(a: Uint8Array, b: Uint8Array): number {
  return Buffer.compare(a, b)
}

function named(space: number, name: string): Uint8Array {
  const text = utf8(name)
  const key = smallBytes(1 + text.length)
  key[0] = space
  key.set(text, 1)
  return key
}

function namedRange(within: Uint8Array, first: Uint8Array): KeyRange {
  return { from: compareKeys(first, within) > 0 ? first : within, to: afterPrefix(within) }
}

function numbered(space: number, ...numbers: readonly bigint[]): Uint8Array {
  const key = smallBytes(1 + 8 * numbers.length)
  const view = viewOf(key)
  key[0] = space
  for (const [index, number] of numbers.entries()) view.setBigUint64(1 + 8 * index, number)
  return key
}

function wholeSpace(space: number): KeyRange {
  return { from: Uint8Array.of(space), to: Uint8Array.of(space + 1) }
}

/** Keys are fixed in length, so the first longer than all of them ends the range. */
function allOf(space: number, id: StreamId): KeyRange {
  const from = numbered(space, id)
  return { from, to: afterPrefix(Uint8Array.of(...from, ...new Uint8Array(16).fill(0xff))) }
}

/** UTF-8 never contains 0xff. */
function afterPrefix(prefix: Uint8Array): Uint8Array {
  return Uint8Array.of(...prefix, 0xff)
}
