import {
  type JsonObject,
  type JsonValue,
  parseJson,
  parseJsonBytes,
  stringifyJson,
  type Wanted,
} from './json.ts'
import { bytesToExactText, bytesToText } from './json-bytes.ts'
import { contentToJson, decodeContent, readContent, type TextContent } from './json-content.ts'
import { isList, member, optional, readList, readObject, readText, readU64 } from './json-shape.ts'
import { MAX_BATCH_RECORDS } from './limits.ts'
import type {
  AppendAck,
  AppendInput,
  AppendRecord,
  Format,
  Position,
  ReadBatch,
  SequencedRecord,
} from './types.ts'

/*
 * The data plane's JSON bodies. Reading throws `WireError` 'bad_json' for a wrong shape (REC-013) and 'invalid' for
 * wrong base64 (REC-018); unknown keys are skipped (REC-014). Lengths and counts are not judged here.
 */

/** REC-011, REC-012. */
export function appendInputFromJson(json: string | Uint8Array, format: Format): AppendInput {
  const object = parseObject(json, 'the append', APPEND)
  const matchSeqNum = optional(member(object, 'match_seq_num'), 'match_seq_num', readU64)
  const fencingToken = optional(member(object, 'fencing_token'), 'fencing_token', readText)
  // Two passes, so that a wrong shape anywhere comes before wrong base64: decoding starts when all JSON is right.
  const records = readList(member(object, 'records'), 'records').map(readKeptRecord)
  return {
    records: records.map((record, index) =>
      record === UNKEPT_TEXT ? UNKEPT_RECORD : decodeAppendRecord(record, format, recordAt(index)),
    ),
    ...(matchSeqNum !== undefined && { matchSeqNum }),
    ...(fencingToken !== undefined && { fencingToken }),
  }
}

/** Throws `WireError` 'invalid' for bytes that are not UTF-8 in the raw format. */
export function appendInputToJson(input: AppendInput, format: Format): string {
  return stringifyJson({
    records: input.records.map((record, index) => {
      const what = recordAt(index)
      return {
        timestamp: record.timestamp,
        ...contentToJson(record, (bytes) => bytesToExactText(bytes, format, what)),
      }
    }),
    match_seq_num: input.matchSeqNum,
    fencing_token: input.fencingToken,
  })
}

/** All three positions are required (REC-027). */
export function appendAckFromJson(json: string | Uint8Array): AppendAck {
  const object = parseObject(json, 'the acknowledgement')
  return {
    start: readPosition(member(object, 'start'), 'start'),
    end: readPosition(member(object, 'end'), 'end'),
    tail: readPosition(member(object, 'tail'), 'tail'),
  }
}

export function appendAckToJson(ack: AppendAck): string {
  return stringifyJson({
    start: positionToJson(ack.start),
    end: positionToJson(ack.end),
    tail: positionToJson(ack.tail),
  })
}

/** `headers`, `body` and `tail` may be left out, `tail` may be null (REC-022, REC-023). */
export function readBatchFromJson(json: string | Uint8Array, format: Format): ReadBatch {
  const object = parseObject(json, 'the batch')
  const records = readList(member(object, 'records'), 'records')
  const tail = optional(member(object, 'tail'), 'tail', readPosition)
  return {
    records: records.map((record, index) => readSequencedRecord(record, format, recordAt(index))),
    ...(tail !== undefined && { tail }),
  }
}

/** Leaves out empty headers, empty bodies and an unknown tail (REC-022, REC-023). */
export function readBatchToJson(batch: ReadBatch, format: Format): string {
  return stringifyJson({
    records: batch.records.map((record) => ({
      ...positionToJson(record),
      ...contentToJson(record, (bytes) => bytesToText(bytes, format)),
    })),
    tail: batch.tail && positionToJson(batch.tail),
  })
}

/** The body of a check-tail and of a 416: `{"tail":{"seq_num":N,"timestamp":N}}`. */
export function tailFromJson(json: string | Uint8Array): Position {
  return readPosition(member(parseObject(json, 'the answer'), 'tail'), 'tail')
}

export function tailToJson(tail: Position): string {
  return stringifyJson({ tail: positionToJson(tail) })
}

/** For bodies that hold positions among other things. */
export function readPosition(value: JsonValue | undefined, what: string): Position {
  const object = readObject(value, what)
  return {
    seqNum: readU64(member(object, 'seq_num', what), `${what}.seq_num`),
    timestamp: readU64(member(object, 'timestamp', what), `${what}.timestamp`),
  }
}

export function positionToJson(position: Position): { seq_num: bigint; timestamp: bigint } {
  return { seq_num: position.seqNum, timestamp: position.timestamp }
}

function parseObject(json: string | Uint8Array, what: string, wanted?: Wanted): JsonObject {
  return readObject(typeof json === 'string' ? parseJson(json, wanted) : parseJsonBytes(json, wanted), what)
}

/*
 * A body of 2 MiB has room for 700,000 records, of which no batch has more than a thousand. Those beyond are looked at, as a
 * wrong shape comes before a wrong number of them, and counted, but not kept.
 */

function keepFirst(item: JsonValue, index: number): JsonValue {
  if (index <= MAX_BATCH_RECORDS) return item
  if (!isEmptyObject(item)) readAppendRecord(item, index)
  return UNKEPT
}

function isEmptyObject(value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null || isList(value)) return false
  for (const _ in value) return false
  return true
}

function readKeptRecord(value: JsonValue, index: number): TextRecord {
  return value === UNKEPT ? UNKEPT_TEXT : readAppendRecord(value, index)
}

const UNKEPT: JsonObject = {}

/** Unknown keys are as many as a body has room for, and of no use. */
const AS_IT_IS: Wanted = { members: new Map() }
const RECORD_KEYS = ['timestamp', 'headers', 'body'] as const
const RECORDS: Wanted = {
  members: new Map(RECORD_KEYS.map((key) => [key, AS_IT_IS])),
  read: keepFirst,
}
const APPEND: Wanted = {
  members: new Map([
    ['records', RECORDS],
    ['match_seq_num', AS_IT_IS],
    ['fencing_token', AS_IT_IS],
  ]),
}

interface TextRecord extends TextContent {
  readonly timestamp: bigint | undefined
}

const UNKEPT_TEXT: TextRecord = { timestamp: undefined, headers: [], body: '' }
const UNKEPT_RECORD: AppendRecord = { headers: [], body: new Uint8Array(0) }

function readAppendRecord(value: JsonValue, index: number): TextRecord {
  const what = recordAt(index)
  const object = readObject(value, what)
  const timestamp = optional(member(object, 'timestamp', what), `${what}.timestamp`, readU64)
  return { timestamp, ...readContent(object, what) }
}

function decodeAppendRecord(record: TextRecord, format: Format, what: string): AppendRecord {
  const content = decodeContent(record, format, what)
  return record.timestamp === undefined ? content : { timestamp: record.timestamp, ...content }
}

function readSequencedRecord(value: JsonValue, format: Format, what: string): SequencedRecord {
  const object = readObject(value, what)
  return { ...readPosition(object, what), ...decodeContent(readContent(object, what), format, what) }
}

function recordAt(index: number): string {
  return `records[${index}]`
}
