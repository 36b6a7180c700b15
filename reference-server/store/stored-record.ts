import type { Header, SeqNum, SequencedRecord, Timestamp } from '../../proto/types.ts'
import { viewOf } from './bytes.ts'

/*
 * Timestamp (8 bytes), number of headers (4), per header the lengths of name and value (4 each) and both; the rest is
 * the body. The sequence number stands in the key.
 */

export function encodeRecord({ timestamp, headers, body }: SequencedRecord): Uint8Array {
  const bytes = new Uint8Array(12 + headers.reduce(addHeader, 0) + body.length)
  const view = viewOf(bytes)
  view.setBigUint64(0, timestamp)
  view.setUint32(8, headers.length)
  let at = 12
  for (const { name, value } of headers) {
    view.setUint32(at, name.length)
    view.setUint32(at + 4, value.length)
    bytes.set(name, at + 8)
    bytes.set(value, at + 8 + name.length)
    at += 8 + name.length + value.length
  }
  bytes.set(body, at)
  return bytes
}

/** The record shares the memory of `bytes`. */
export function decodeRecord(seqNum: SeqNum, bytes: Uint8Array): SequencedRecord {
  const view = viewOf(bytes)
  const headers: Header[] = []
  let at = 12
  for (let count = view.getUint32(8); count > 0; count--) {
    const name = at + 8
    const value = name + view.getUint32(at)
    const end = value + view.getUint32(at + 4)
    headers.push({ name: bytes.subarray(name, value), value: bytes.subarray(value, end) })
    at = end
  }
  return { seqNum, timestamp: timestampOf(bytes), headers, body: bytes.subarray(at) }
}

export const timestampOf = (bytes: Uint8Array): Timestamp => viewOf(bytes).getBigUint64(0)

const addHeader = (sum: number, { name, value }: Header): number => sum + 8 + name.length + value.length
