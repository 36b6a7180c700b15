import type { AppendAck, Position } from './types.ts'
import { lengthOfNumber, writeNumber } from './varint.ts'

/*
 * Encoded by hand, as there is one for every append. What is zero is not written, as everywhere in this version of protobuf.
 */

/** All three positions are written, also when they are 0 (REC-027). Throws `WireError` 'invalid' for a number beyond 64 bits. */
export function encodeAppendAck({ start, end, tail }: AppendAck): Uint8Array {
  const length = lengthOfPosition(start) + lengthOfPosition(end) + lengthOfPosition(tail)
  const bytes = new Uint8Array(3 * 2 + length)
  let at = writePosition(bytes, 0, FIELD.start, start)
  at = writePosition(bytes, at, FIELD.end, end)
  writePosition(bytes, at, FIELD.tail, tail)
  return bytes
}

/** The fields of an acknowledgement and of a position, each number with its wire type. */
const FIELD = { start: 0x0a, end: 0x12, tail: 0x1a, seqNum: 0x08, timestamp: 0x10 } as const

/** At most 22, so that its own length takes one byte. */
const lengthOfPosition = ({ seqNum, timestamp }: Position): number =>
  lengthOfNumber(seqNum) + lengthOfNumber(timestamp)

/** Writes it at `at`, and returns where it ends. */
function writePosition(bytes: Uint8Array, at: number, field: number, position: Position): number {
  bytes[at] = field
  bytes[at + 1] = lengthOfPosition(position)
  const end = writeNumber(bytes, at + 2, FIELD.seqNum, position.seqNum)
  return writeNumber(bytes, end, FIELD.timestamp, position.timestamp)
}
