import protobuf from 'protobufjs/minimal.js'
import { MAX_BATCH_RECORDS } from './limits.ts'
import type { AppendInput, AppendRecord, Header } from './types.ts'
import { WireError } from './wire-error.ts'

/*
 * Decodes the only protobuf message that a server receives. The generated decoder keeps an object for each record and each
 * unknown field, of which a body of 2 MiB has room for a million. This one keeps no unknown field and no record beyond the
 * first that is too many. It still checks and counts those, as a malformed message comes before a wrong number of records.
 */

/**
 * Throws `WireError` 'bad_proto' (REC-026). Records share the memory of `bytes`. Records after the 1,001st are counted, and
 * returned empty.
 */
export function decodeAppendInput(bytes: Uint8Array): AppendInput {
  // A reader of plain bytes: one made for a Buffer hands out Buffers.
  const reader = new protobuf.Reader(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  try {
    return readInput(reader)
  } catch (cause) {
    if (cause instanceof WireError) throw cause
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new WireError('bad_proto', `the protobuf message cannot be decoded: ${why}`, { cause })
  }
}

function readInput(reader: protobuf.Reader): AppendInput {
  const { records, matchSeqNum, fencingToken } = readFields(reader, reader.len, INPUT, { records: [] })
  return {
    records,
    ...(matchSeqNum !== undefined && { matchSeqNum }),
    ...(fencingToken !== undefined && { fencingToken }),
  }
}

interface Message<Target> {
  /** Protobufjs limits the depth of groups. */
  readonly depth: number
  /** Fields are numbered from 1 to this. */
  readonly fields: number
  /** Reads the field with this tag, or returns false for a tag that the message does not have. */
  take(target: Target, tag: number, reader: protobuf.Reader): boolean
}

/** Reads a message of `length` bytes into `target`. Throws `WireError` for a known field of the wrong wire type. */
function readFields<Target>(
  reader: protobuf.Reader,
  length: number,
  message: Message<Target>,
  target: Target,
): Target {
  const outer = reader.len
  const end = reader.pos + length
  if (end > outer) throw new RangeError('index out of range')
  reader.len = end
  while (reader.pos < end) {
    const tag = reader.tag()
    if (message.take(target, tag, reader)) continue
    const field = tag >>> 3
    if (field > 0 && field <= message.fields) {
      throw new WireError('bad_proto', `field ${field} has the wrong wire type ${tag & 7}`)
    }
    reader.skipType(tag & 7, message.depth, field)
  }
  reader.len = outer
  return target
}

interface InputFields {
  readonly records: AppendRecord[]
  matchSeqNum?: bigint
  fencingToken?: string
}

const INPUT: Message<InputFields> = {
  depth: 0,
  fields: 3,
  take(input, tag, reader) {
    if (tag === (1 << 3) + BYTES) input.records.push(readRecord(reader, input.records.length))
    else if (tag === (2 << 3) + VARINT) input.matchSeqNum = readU64(reader)
    else if (tag === (3 << 3) + BYTES) input.fencingToken = reader.stringVerify()
    else return false
    return true
  },
}

function readRecord(reader: protobuf.Reader, index: number): AppendRecord {
  const length = reader.size()
  const isKept = index <= MAX_BATCH_RECORDS
  if (!isKept && length === 0) return UNKEPT
  const { timestamp, headers, body } = readFields(reader, length, RECORD, {
    isKept,
    headers: [],
    body: EMPTY,
  })
  if (!isKept) return UNKEPT
  return timestamp === undefined ? { headers, body } : { timestamp, headers, body }
}

interface RecordFields {
  readonly isKept: boolean
  readonly headers: Header[]
  timestamp?: bigint
  body: Uint8Array
}

const RECORD: Message<RecordFields> = {
  depth: 1,
  fields: 3,
  take(record, tag, reader) {
    if (tag === (1 << 3) + VARINT) record.timestamp = readU64(reader)
    else if (tag === (2 << 3) + BYTES) {
      const header = readFields(reader, reader.size(), HEADER, { name: EMPTY, value: EMPTY })
      if (record.isKept) record.headers.push(header)
    } else if (tag === (3 << 3) + BYTES) record.body = readBytes(reader)
    else return false
    return true
  },
}

interface HeaderFields {
  name: Uint8Array
  value: Uint8Array
}

const HEADER: Message<HeaderFields> = {
  depth: 2,
  fields: 2,
  take(header, tag, reader) {
    if (tag === (1 << 3) + BYTES) header.name = readBytes(reader)
    else if (tag === (2 << 3) + BYTES) header.value = readBytes(reader)
    else return false
    return true
  },
}

function readU64(reader: protobuf.Reader): bigint {
  const { low, high } = reader.uint64()
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)
}

/** The memory is that of the message. */
function readBytes(reader: protobuf.Reader): Uint8Array {
  const bytes = reader.bytes()
  return bytes.length === 0 ? EMPTY : bytes
}

const EMPTY: Uint8Array = new Uint8Array(0)
const UNKEPT: AppendRecord = { headers: [], body: EMPTY }

/** Wire types. */
const VARINT = 0
const BYTES = 2
