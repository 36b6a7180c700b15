import type { SeqNum, SequencedRecord, Timestamp } from '../../proto/types.ts'
import { isSealed, type KeptRecord, type SealedRecord } from '../semantics/encryption.ts'
import { viewOf } from './bytes.ts'
import { lengthOfHeaders, readHeaders, writeHeaders } from './stored-headers.ts'

/*
 * A batch is one value: LevelDB is paid once for it, not once for each record. The number of its first record (8 bytes),
 * then per record: timestamp (8), number of headers and length of the body (4 each), the headers and the body. A sealed
 * record has a number of headers that no record can have, its size (4) in place of them, and what is sealed as its body.
 */

const HEAD_BYTES = 8
const RECORD_HEAD_BYTES = 16
const SEALED = 0xffff_ffff
const SIZE_BYTES = 4

/** The records of one batch, of which there is at least one; their numbers follow each other. */
export function encodeBatch(records: readonly KeptRecord[]): Uint8Array {
  const length = records.reduce((sum, record) => sum + lengthOf(record), HEAD_BYTES)
  // All of it is written, so none of it needs to be cleared.
  const bytes = new Uint8Array(Buffer.allocUnsafeSlow(length).buffer)
  const view = viewOf(bytes)
  view.setBigUint64(0, records[0]?.seqNum ?? 0n)
  let at = HEAD_BYTES
  for (const record of records) {
    view.setBigUint64(at, record.timestamp)
    at = isSealed(record) ? writeSealed(bytes, view, at, record) : writeReadable(bytes, view, at, record)
  }
  return bytes
}

/** The records share the memory of `bytes`. */
export function decodeBatch(bytes: Uint8Array): readonly KeptRecord[] {
  const view = viewOf(bytes)
  const records: KeptRecord[] = []
  let seqNum: SeqNum = view.getBigUint64(0)
  for (let at = HEAD_BYTES; at < bytes.length; seqNum++) {
    const timestamp: Timestamp = view.getBigUint64(at)
    const headerCount = view.getUint32(at + 8)
    const bodyLength = view.getUint32(at + 12)
    const content = at + RECORD_HEAD_BYTES
    if (headerCount === SEALED) {
      at = content + SIZE_BYTES + bodyLength
      const sealed = bytes.subarray(content + SIZE_BYTES, at)
      records.push({ seqNum, timestamp, size: BigInt(view.getUint32(content)), sealed })
    } else {
      const { headers, end } = readHeaders(bytes, view, content, headerCount)
      at = end + bodyLength
      records.push({ seqNum, timestamp, headers, body: bytes.subarray(end, at) })
    }
  }
  return records
}

function writeReadable(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  { headers, body }: SequencedRecord,
): number {
  view.setUint32(at + 8, headers.length)
  view.setUint32(at + 12, body.length)
  const end = writeHeaders(bytes, view, at + RECORD_HEAD_BYTES, headers)
  bytes.set(body, end)
  return end + body.length
}

function writeSealed(bytes: Uint8Array, view: DataView, at: number, { size, sealed }: SealedRecord): number {
  const content = at + RECORD_HEAD_BYTES
  view.setUint32(at + 8, SEALED)
  view.setUint32(at + 12, sealed.length)
  view.setUint32(content, Number(size))
  bytes.set(sealed, content + SIZE_BYTES)
  return content + SIZE_BYTES + sealed.length
}

function lengthOf(record: KeptRecord): number {
  if (isSealed(record)) return RECORD_HEAD_BYTES + SIZE_BYTES + record.sealed.length
  return RECORD_HEAD_BYTES + lengthOfHeaders(record.headers) + record.body.length
}
