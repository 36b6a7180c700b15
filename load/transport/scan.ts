import { MAX_BATCH_RECORDS } from '../../proto/limits.ts'
import { WireError } from '../../proto/wire-error.ts'
import type { Cursor } from './cursor.ts'
import { READ_HEADER } from './record-headers.ts'

/**
 * What the scan of a `ReadBatch` meets, in its order. The body lies in the bytes of the scan from `begin` to `end`, the encoded
 * headers from `headersBegin` to `headersEnd`, and only during the call.
 */
export interface BatchVisitor {
  record(
    seqNum: number,
    timestamp: number,
    bytes: Buffer,
    begin: number,
    end: number,
    headersBegin: number,
    headersEnd: number,
  ): void
  /** The tail's sequence number. */
  tail(seqNum: number): void
}

/**
 * Goes through an encoded `ReadBatch`; returns how many records it has. Throws `WireError` 'bad_proto' for more than a batch may
 * have.
 */
export function scanReadBatch(cursor: Cursor, visitor: BatchVisitor): number {
  const { end } = cursor
  let records = 0
  while (cursor.at < end) {
    const tag = cursor.varint()
    if (tag === TAGS.records) {
      records += 1
      if (records > MAX_BATCH_RECORDS) throw tooManyRecords()
      scanRecord(cursor, visitor)
    } else if (tag === TAGS.tail) visitor.tail(scanPosition(cursor))
    else cursor.skip(tag & 7)
  }
  return records
}

const tooManyRecords = (): WireError =>
  new WireError('bad_proto', `a batch has more than ${MAX_BATCH_RECORDS} records`)

/** Where an acknowledged batch stands: from its first record to one past its last. */
export interface ScannedAck {
  start: number
  end: number
}

/** Reads an encoded `AppendAck` into `ack`. */
export function scanAck(cursor: Cursor, ack: ScannedAck): void {
  ack.start = 0
  ack.end = 0
  const { end } = cursor
  while (cursor.at < end) {
    const tag = cursor.varint()
    if (tag === TAGS.start) ack.start = scanPosition(cursor)
    else if (tag === TAGS.end) ack.end = scanPosition(cursor)
    else cursor.skip(tag & 7)
  }
}

const TAGS = {
  records: 0x0a,
  tail: 0x12,
  start: 0x0a,
  end: 0x12,
  seqNum: 0x08,
  timestamp: 0x10,
  body: 0x22,
} as const

function scanRecord(cursor: Cursor, visitor: BatchVisitor): void {
  const outer = cursor.end
  const end = cursor.bytesEnd()
  cursor.end = end
  let seqNum = 0
  let timestamp = 0
  let bodyBegin = end
  let bodyEnd = end
  let headersBegin = end
  let headersEnd = end
  while (cursor.at < end) {
    const tag = cursor.varint()
    if (tag === TAGS.seqNum) seqNum = cursor.varint()
    else if (tag === TAGS.timestamp) timestamp = cursor.varint()
    else if (tag === TAGS.body) {
      bodyEnd = cursor.bytesEnd()
      bodyBegin = cursor.at
      cursor.at = bodyEnd
    } else if (tag === READ_HEADER) {
      if (headersBegin === end) headersBegin = cursor.at - 1
      headersEnd = cursor.bytesEnd()
      cursor.at = headersEnd
    } else cursor.skip(tag & 7)
  }
  cursor.end = outer
  visitor.record(seqNum, timestamp, cursor.bytes, bodyBegin, bodyEnd, headersBegin, headersEnd)
}

function scanPosition(cursor: Cursor): number {
  const outer = cursor.end
  const end = cursor.bytesEnd()
  cursor.end = end
  let seqNum = 0
  while (cursor.at < end) {
    const tag = cursor.varint()
    if (tag === TAGS.seqNum) seqNum = cursor.varint()
    else cursor.skip(tag & 7)
  }
  cursor.end = outer
  return seqNum
}
