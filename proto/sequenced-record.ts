import { FIELD } from './encoded-record.ts'
import { EncodedRun, runsOf } from './encoded-run.ts'
import type { Pieces } from './pieces.ts'
import type { SequencedRecord } from './types.ts'
import { uncleared } from './unzeroed-bytes.ts'
import { lengthOfNumber, lengthOfVarint, writeNumber, writeVarint } from './varint.ts'

/*
 * The records of a `ReadBatch`, encoded by hand: this is most of what a read costs. What is zero or empty is not written, as
 * everywhere in this version of protobuf.
 */

/** Throws `WireError` 'invalid' for a number beyond 64 bits. */
export function lengthOfRecord(record: SequencedRecord): number {
  return lengthOfField(lengthOfContent(record))
}

/**
 * The records one after the other. Neighbours that are encoded already are taken as they stand, if that is worth a piece of
 * their own, and share their memory. Throws `WireError` 'invalid' for a number beyond 64 bits.
 */
export function recordPieces(records: readonly SequencedRecord[]): Pieces {
  const runs = runsOf(records)
  const bytes = uncleared(runs.reduce((sum, run) => sum + lengthToWrite(run), 0))
  const pieces: Uint8Array[] = []
  let begin = 0
  let end = 0
  for (const run of runs) {
    if (run instanceof EncodedRun && run.isLong) {
      if (begin < end) pieces.push(bytes.subarray(begin, end))
      pieces.push(run.bytes())
      begin = end
    } else {
      end = run instanceof EncodedRun ? run.copyTo(bytes, end) : writeRecord(bytes, end, run)
    }
  }
  if (begin < end) pieces.push(bytes.subarray(begin, end))
  return pieces
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

function lengthToWrite(run: EncodedRun | SequencedRecord): number {
  if (!(run instanceof EncodedRun)) return lengthOfRecord(run)
  return run.isLong ? 0 : run.length
}

function lengthOfContent({ seqNum, timestamp, headers, body }: SequencedRecord): number {
  let length = lengthOfNumber(seqNum) + lengthOfNumber(timestamp) + lengthOfBytes(body)
  for (const { name, value } of headers) length += lengthOfField(lengthOfBytes(name) + lengthOfBytes(value))
  return length
}

/** With the tag of the field, and the length itself, before it. */
const lengthOfField = (length: number): number => 1 + lengthOfVarint(length) + length

const lengthOfBytes = ({ length }: Uint8Array): number => (length === 0 ? 0 : lengthOfField(length))

function writeBytes(bytes: Uint8Array, at: number, field: number, value: Uint8Array): number {
  if (value.length === 0) return at
  bytes[at] = field
  const end = writeVarint(bytes, at + 1, value.length)
  bytes.set(value, end)
  return end + value.length
}
