import { parseJson } from '../../../../proto/json.ts'
import { appendAckToJson, appendInputToJson, readBatchToJson } from '../../../../proto/json-bodies.ts'
import { MAX_U64 } from '../../../../proto/limits.ts'
import {
  decodeAppendAck,
  decodeAppendInput,
  decodeReadBatch,
  encodeAppendAck,
  encodeAppendInput,
  encodeReadBatch,
} from '../../../../proto/messages.ts'
import type { AppendAck, Position, ReadBatch } from '../../../../proto/types.ts'
import { INPUTS, RECORDS } from './records.ts'
import { bytesOf, hexOf, meaning, type WireVector } from './vector.ts'

type MessageType = 'AppendInput' | 'AppendAck' | 'ReadBatch'

/** Each decoded message in the base64 form of the JSON bodies. */
const DECODE: Readonly<Record<MessageType, (bytes: Uint8Array) => string>> = {
  AppendInput: (bytes) => appendInputToJson(decodeAppendInput(bytes), 'base64'),
  AppendAck: (bytes) => appendAckToJson(decodeAppendAck(bytes)),
  ReadBatch: (bytes) => readBatchToJson(decodeReadBatch(bytes), 'base64'),
}

const position = (seqNum: bigint, timestamp: bigint): Position => ({ seqNum, timestamp })

const ACKS: readonly AppendAck[] = [
  { start: position(0n, 0n), end: position(1n, 0n), tail: position(1n, 0n) },
  { start: position(127n, 5n), end: position(128n, 300n), tail: position(16_384n, 2n ** 53n + 1n) },
  { start: position(MAX_U64, MAX_U64), end: position(0n, 0n), tail: position(2n ** 63n, 2n ** 32n) },
]

const BATCHES: readonly ReadBatch[] = [
  { records: [] },
  { records: [], tail: position(0n, 0n) },
  { records: [], tail: position(7n, 1_767_225_600_000n) },
  ...RECORDS.map((one, index) => ({
    records: [{ ...one, ...position(BigInt(index), one.timestamp ?? 9n) }],
    tail: position(100n, MAX_U64),
  })),
]

/** Encodings that a decoder must take and no encoder writes, and encodings that it must refuse. */
const OTHERS: readonly (readonly [MessageType, hex: string, note: string])[] = [
  ['AppendInput', '', 'no field'],
  ['AppendInput', '0a00', 'a record without fields'],
  ['AppendInput', '1000 0a031a0161', 'fields in descending order'],
  ['AppendInput', '0a031a0161 1001 1002', 'the last of a repeated field counts'],
  ['AppendInput', '0a031a0161 108100', 'a varint that is longer than needed'],
  ['AppendInput', '0a031a0161 7801', 'an unknown field is skipped'],
  ['AppendInput', '0a051a01617801', 'an unknown field of a record is skipped'],
  ['AppendInput', '0a031a0161 10ffffffffffffffffff01', 'the largest 64-bit number'],
  ['AppendInput', '0a', 'a length is missing'],
  ['AppendInput', '0a051a0161', 'the record is cut'],
  ['AppendInput', '0801', 'a record of the wrong wire type'],
  ['AppendInput', '0a031a0161 1203616263', 'match_seq_num of the wrong wire type'],
  ['AppendInput', '0a020a00', 'a timestamp of the wrong wire type'],
  ['AppendInput', '0a031a0161 1a01ff', 'a fencing token that is not UTF-8'],
  ['AppendInput', '0a031a0161 10ffffffffffffffffffff01', 'a varint of 11 bytes'],
  ['AppendInput', '0a031a0161 0f', 'wire type 7'],
  ['AppendInput', 'ffff', 'a cut tag'],
  ['AppendAck', '', 'no field'],
  ['AppendAck', '0a0208', 'a cut position'],
  ['ReadBatch', '0a051a0161', 'a cut record'],
]

export function messageVectors(): readonly WireVector[] {
  const canonical = (type: MessageType, bytes: Uint8Array): WireVector => ({
    ...vectorOf(type, bytes),
    canonical: true,
  })
  return [
    ...INPUTS.map((input) => canonical('AppendInput', encodeAppendInput(input))),
    ...ACKS.map((ack) => canonical('AppendAck', encodeAppendAck(ack))),
    ...BATCHES.map((one) => canonical('ReadBatch', encodeReadBatch(one))),
    ...OTHERS.map(([type, hex, note]) => ({ ...vectorOf(type, bytesOf(hex)), canonical: false, note })),
  ]
}

const vectorOf = (type: MessageType, bytes: Uint8Array): WireVector => ({
  kind: 'message',
  type,
  hex: hexOf(bytes),
  ...meaning('json', () => parseJson(DECODE[type](bytes))),
})
