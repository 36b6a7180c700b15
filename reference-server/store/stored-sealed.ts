import type { VarintReader } from '../../proto/varint.ts'
import type { SealedRecord } from '../semantics/read/kept-record.ts'
import { viewOf } from './bytes.ts'

/*
 * A sealed record in a batch: a mark that no readable one begins with, its number and timestamp (8 bytes each), its size and
 * the length of what is sealed (4 each), and that.
 */

const MARK = 0xff
const HEAD_BYTES = 25

export const beginsSealed = ({ bytes, at }: VarintReader): boolean => bytes[at] === MARK

export const lengthOfSealed = ({ sealed }: SealedRecord): number => HEAD_BYTES + sealed.length

/** Writes it at `at`, and returns where it ends. */
export function writeSealed(
  bytes: Uint8Array,
  at: number,
  { seqNum, timestamp, size, sealed }: SealedRecord,
): number {
  const view = viewOf(bytes)
  bytes[at] = MARK
  view.setBigUint64(at + 1, seqNum)
  view.setBigUint64(at + 9, timestamp)
  view.setUint32(at + 17, Number(size))
  view.setUint32(at + 21, sealed.length)
  bytes.set(sealed, at + HEAD_BYTES)
  return at + HEAD_BYTES + sealed.length
}

/** Reads the one that begins here, and goes past it; it shares the memory. Throws `WireError` 'bad_proto' where it is cut. */
export function readSealed(reader: VarintReader): SealedRecord {
  const head = viewOf(reader.take(HEAD_BYTES))
  const sealed = reader.take(head.getUint32(21))
  return {
    seqNum: head.getBigUint64(1),
    timestamp: head.getBigUint64(9),
    size: BigInt(head.getUint32(17)),
    sealed,
  }
}
