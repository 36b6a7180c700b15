import type { Header, SeqNum, SequencedRecord, Timestamp } from '../../proto/types.ts'
import { viewOf } from './bytes.ts'

/*
 * A batch is one value: LevelDB is paid once for it, not once for each record. The number of its first record (8 bytes),
 * then per record: timestamp (8), number of headers and length of the body (4 each), per header the lengths of name and
 * value (4 each) and both, and the body.
 */

const HEAD_BYTES = 8
const RECORD_HEAD_BYTES = 16

/** The records of one batch, of which there is at least one; their numbers follow each other. */
export function encodeBatch(records: readonly SequencedRecord[]): Uint8Array {
  // All of it is written, so none of it needs to be cleared.
  const bytes = new Uint8Array(Buffer.allocUnsafeSlow(records.reduce(addRecord, HEAD_BYTES)).buffer)
  const view = viewOf(bytes)
  view.setBigUint64(0, records[0]?.seqNum ?? 0n)
  let at = HEAD_BYTES
  for (const { timestamp, headers, body } of records) {
    view.setBigUint64(at, timestamp)
    view.setUint32(at + 8, headers.length)
    view.setUint32(at + 12, body.length)
    at += RECORD_HEAD_BYTES
    for (const { name, value } of headers) {
      view.setUint32(at, name.length)
      view.setUint32(at + 4, value.length)
      bytes.set(name, at + 8)
      bytes.set(value, at + 8 + name.length)
      at += 8 + name.length + value.length
    }
    bytes.set(body, at)
    at += body.length
  }
  return bytes
}

/** The records share the memory of `bytes`. */
export function decodeBatch(bytes: Uint8Array): readonly SequencedRecord[] {
  const view = viewOf(bytes)
  const records: SequencedRecord[] = []
  let seqNum: SeqNum = view.getBigUint64(0)
  for (let at = HEAD_BYTES; at < bytes.length; ) {
    const timestamp: Timestamp = view.getBigUint64(at)
    const bodyLength = view.getUint32(at + 12)
    const headers: Header[] = []
    let begin = at + RECORD_HEAD_BYTES
    for (let count = view.getUint32(at + 8); count > 0; count--) {
      const name = begin + 8
      const value = name + view.getUint32(begin)
      const end = value + view.getUint32(begin + 4)
      headers.push({ name: bytes.subarray(name, value), value: bytes.subarray(value, end) })
      begin = end
    }
    at = begin + bodyLength
    records.push({ seqNum, timestamp, headers, body: bytes.subarray(begin, at) })
    seqNum++
  }
  return records
}

const addRecord = (sum: number, { headers, body }: SequencedRecord): number =>
  headers.reduce(addHeader, sum + RECORD_HEAD_BYTES + body.length)

const addHeader = (sum: number, { name, value }: Header): number => sum + 8 + name.length + value.length
