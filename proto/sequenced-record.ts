import { EncodedRecord, FIELD } from './encoded-record.ts'
import type { SequencedRecord } from './types.ts'
import { lengthOfU64, lengthOfVarint, writeU64, writeVarint } from './varint.ts'

/*
 * The records of a `ReadBatch`, encoded by hand: this is most of what a read costs. What is zero or empty is not written, as
 * everywhere in this version of protobuf.
 */

/** Throws `WireError` 'invalid' for a number beyond 64 bits. */
export function lengthOfRecord(record: SequencedRecord): number {
  if (record instanceof EncodedRecord) return record.encodedEnd - record.encodedBegin
  return lengthOfField(lengthOfContent(record))
}

/** Writes them from `at` on, and returns where they end. Neighbours that are encoded already are copied at once. */
export function writeRecords(bytes: Uint8Array, at: number, records: readonly SequencedRecord[]): number {
  let end = at
  let source: Uint8Array = NOTHING
  let begin = 0
  let stop = 0
  for (const record of records) {
    const isEncoded = record instanceof EncodedRecord
    if (isEncoded && record.encoded === source && record.encodedBegin === stop) {
      stop = record.encodedEnd
      continue
    }
    end = copy(bytes, end, source, begin, stop)
    source = isEncoded ? record.encoded : NOTHING
    begin = isEncoded ? record.encodedBegin : 0
    stop = isEncoded ? record.encodedEnd : 0
    if (!isEncoded) end = writeRecord(bytes, end, record)
  }
  return copy(bytes, end, source, begin, stop)
}

/** Writes it at `at`, where there must be room for its length, and returns where it ends. */
export function writeRecord(bytes: Uint8Array, at: number, record: SequencedRecord): number {
  const { seqNum, timestamp, headers, body } = record
  bytes[at] = FIELD.record
  let end = writeVarint(bytes, at + 1, lengthOfContent(record))
  end = writeNumber(bytes, end, FIELD.seqNum, seqNum)
  end = writeNumber(bytes, end, FIELD.timestamp, timestamp)
  for (const { name, value } of headers) {
    bytes[end] = FIELD.header
    end = writeVarint(bytes, end + 1, lengthOfBytes(name) + lengthOfBytes(value))
    end = writeBytes(bytes, end, FIELD.headerName, name)
    end = writeBytes(bytes, end, FIELD.headerValue, value)
  }
  return writeBytes(bytes, end, FIELD.body, body)
}

function lengthOfContent({ seqNum, timestamp, headers, body }: SequencedRecord): number {
  let length = lengthOfNumber(seqNum) + lengthOfNumber(timestamp) + lengthOfBytes(body)
  for (const { name, value } of headers) length += lengthOfField(lengthOfBytes(name) + lengthOfBytes(value))
  return length
}

/** With the tag of the field, and the length itself, before it. */
const lengthOfField = (length: number): number => 1 + lengthOfVarint(length) + length

const lengthOfBytes = ({ length }: Uint8Array): number => (length === 0 ? 0 : lengthOfField(length))

const lengthOfNumber = (value: bigint): number => (value === 0n ? 0 : 1 + lengthOfU64(value))

function writeNumber(bytes: Uint8Array, at: number, field: number, value: bigint): number {
  if (value === 0n) return at
  bytes[at] = field
  return writeU64(bytes, at + 1, value)
}

function writeBytes(bytes: Uint8Array, at: number, field: number, value: Uint8Array): number {
  if (value.length === 0) return at
  bytes[at] = field
  const end = writeVarint(bytes, at + 1, value.length)
  bytes.set(value, end)
  return end + value.length
}

function copy(bytes: Uint8Array, at: number, source: Uint8Array, begin: number, end: number): number {
  if (begin < end) bytes.set(source.subarray(begin, end), at)
  return at + end - begin
}

const NOTHING = new Uint8Array(0)
