import protobuf from 'protobufjs/minimal.js'
import { s2 } from './generated/s2.js'
import { joinPieces, type Pieces } from './pieces.ts'
import { recordPieces } from './sequenced-record.ts'
import type {
  AppendAck,
  AppendInput,
  AppendRecord,
  Header,
  Position,
  ReadBatch,
  SequencedRecord,
} from './types.ts'
import { isU64 } from './u64.ts'
import { WireError } from './wire-error.ts'

export { encodeAppendAck } from './append-ack.ts'
export { decodeAppendInput } from './append-input.ts'

/*
 * The only place where protobufjs' values meet ours (REC-025). It encodes a `bigint` as 0 without a word and
 * decodes to `Long`, takes a known field of the wrong wire type for an unknown one, and throws errors of its own.
 */

const { AppendAck: AckMessage, AppendInput: InputMessage, ReadBatch: BatchMessage } = s2.v1

/** Throws `WireError` 'invalid' for a number beyond 64 bits or a token that UTF-8 cannot write. */
export function encodeAppendInput(input: AppendInput): Uint8Array {
  if (input.fencingToken?.isWellFormed() === false) {
    throw new WireError('invalid', 'the fencing token holds a lone surrogate, which UTF-8 cannot write')
  }
  const message = {
    records: input.records.map(fromAppendRecord),
    matchSeqNum: fromOptional(input.matchSeqNum),
    fencingToken: input.fencingToken ?? null,
  }
  return InputMessage.encode(message, new protobuf.Writer()).finish()
}

/** Throws `WireError` 'bad_proto', also when one of the positions is absent (REC-027). */
export function decodeAppendAck(bytes: Uint8Array): AppendAck {
  const { start, end, tail } = decode(AckMessage, bytes, 3)
  if (start == null || end == null || tail == null) {
    throw new WireError('bad_proto', 'an acknowledgement must carry start, end and tail')
  }
  return { start: toPosition(start), end: toPosition(end), tail: toPosition(tail) }
}

/** Throws `WireError` 'invalid' for a number beyond 64 bits. */
export const encodeReadBatch = (batch: ReadBatch): Uint8Array => joinPieces(readBatchPieces(batch))

/** The same in pieces, which may share the memory of the records. */
export function readBatchPieces({ records, tail }: ReadBatch): Pieces {
  const pieces = recordPieces(records)
  if (tail === undefined) return pieces
  return [...pieces, BatchMessage.encode({ tail: fromPosition(tail) }).finish()]
}

/** Throws `WireError` 'bad_proto'. The records share the memory of `bytes`. */
export function decodeReadBatch(bytes: Uint8Array): ReadBatch {
  const { records, tail } = decode(BatchMessage, bytes, 2)
  return {
    records: (records ?? []).map(toSequencedRecord),
    ...(tail != null && { tail: toPosition(tail) }),
  }
}

function fromAppendRecord(record: AppendRecord): s2.v1.AppendRecord.$Properties {
  return { timestamp: fromOptional(record.timestamp), headers: record.headers.slice(), body: record.body }
}

function toSequencedRecord(message: s2.v1.SequencedRecord.$Properties): SequencedRecord {
  refuseWrongWireTypes(message, 4)
  return {
    seqNum: toBigInt(message.seqNum),
    timestamp: toBigInt(message.timestamp),
    headers: (message.headers ?? []).map(toHeader),
    body: toBytes(message.body),
  }
}

function toHeader(message: s2.v1.Header.$Properties): Header {
  refuseWrongWireTypes(message, 2)
  return { name: toBytes(message.name), value: toBytes(message.value) }
}

function fromPosition(position: Position): { seqNum: Long; timestamp: Long } {
  return { seqNum: toLong(position.seqNum), timestamp: toLong(position.timestamp) }
}

function toPosition(message: s2.v1.StreamPosition.$Properties): Position {
  refuseWrongWireTypes(message, 2)
  return { seqNum: toBigInt(message.seqNum), timestamp: toBigInt(message.timestamp) }
}

const EMPTY = new Uint8Array(0)

/** An absent field reads as an empty Buffer, where Buffers exist. */
function toBytes(value: Uint8Array | null | undefined): Uint8Array {
  return value == null || value.length === 0 ? EMPTY : value
}

type Long = protobuf.Long

function fromOptional(value: bigint | undefined): Long | null {
  return value === undefined ? null : toLong(value)
}

function toLong(value: bigint): Long {
  if (!isU64(value)) throw new WireError('invalid', `${value} does not fit into 64 bits`)
  return { low: Number(value & 0xffff_ffffn), high: Number(value >> 32n), unsigned: true }
}

function toBigInt(value: Long | null | undefined): bigint {
  if (value == null) return 0n
  return (BigInt(value.high >>> 0) << 32n) | BigInt(value.low >>> 0)
}

interface Message {
  $unknowns?: Uint8Array[]
}

/** `fields`: the message's fields are numbered from 1 to this. */
function decode<M extends Message>(
  type: { decode(reader: protobuf.Reader): M },
  bytes: Uint8Array,
  fields: number,
): M {
  // A reader of plain bytes: one made for a Buffer hands out Buffers.
  const reader = new protobuf.Reader(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  reader.discardUnknown = false
  let message: M
  try {
    message = type.decode(reader)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new WireError('bad_proto', `the protobuf message cannot be decoded: ${why}`, { cause })
  }
  refuseWrongWireTypes(message, fields)
  return message
}

function refuseWrongWireTypes(message: Message, fields: number): void {
  for (const unknown of message.$unknowns ?? []) {
    const tag = new protobuf.Reader(unknown).tag()
    const field = tag >>> 3
    if (field > fields) continue
    throw new WireError('bad_proto', `field ${field} has the wrong wire type ${tag & 7}`)
  }
}
