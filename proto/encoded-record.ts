import { lazyHeaders } from './lazy-headers.ts'
import type { Header, SequencedRecord } from './types.ts'
import { VarintReader } from './varint.ts'
import { WireError } from './wire-error.ts'

/** The fields of a record of a `ReadBatch`: each number with its wire type, a varint or bytes with their length before them. */
export const FIELD = {
  record: 0x0a,
  seqNum: 0x08,
  timestamp: 0x10,
  header: 0x1a,
  body: 0x22,
  headerName: 0x0a,
  headerValue: 0x12,
} as const

/** A record that was read from its encoded form, and is written again as a copy of that. A changed copy of it is none. */
export class EncodedRecord implements SequencedRecord {
  readonly seqNum: bigint
  readonly timestamp: bigint
  readonly headers: readonly Header[]
  readonly body: Uint8Array
  readonly #encoded: Uint8Array
  readonly #begin: number
  readonly #end: number

  /**
   * Reads the field that begins here and goes past it; the record shares its memory, which must not change. Only of what
   * `writeRecords` wrote: throws `WireError` 'bad_proto' for fields in another order.
   */
  constructor(reader: VarintReader) {
    this.#encoded = reader.bytes
    this.#begin = reader.at
    if (!reader.skip(FIELD.record)) throw new WireError('bad_proto', 'no record begins here')
    const length = reader.varint()
    this.#end = reader.at + length
    this.seqNum = comes(reader, FIELD.seqNum, this.#end) ? reader.u64() : 0n
    this.timestamp = comes(reader, FIELD.timestamp, this.#end) ? reader.u64() : 0n
    const headersAt = reader.at
    this.headers = readHeaders(reader, this.#end)
    this.body = readBytes(reader, FIELD.body, this.#end)
    if (reader.at !== this.#end) throw new WireError('bad_proto', 'a record has another length than it says')
    lazyHeaders(this, () => readHeaders(new VarintReader(this.#encoded, headersAt), this.#end))
  }

  /** What the encoded form is a part of. */
  get encoded(): Uint8Array {
    return this.#encoded
  }

  get encodedBegin(): number {
    return this.#begin
  }

  get encodedEnd(): number {
    return this.#end
  }
}

function readHeaders(reader: VarintReader, recordEnd: number): readonly Header[] {
  if (!comes(reader, FIELD.header, recordEnd)) return NO_HEADERS
  const headers: Header[] = []
  do {
    const length = reader.varint()
    const end = reader.at + length
    headers.push({
      name: readBytes(reader, FIELD.headerName, end),
      value: readBytes(reader, FIELD.headerValue, end),
    })
    if (reader.at !== end) throw new WireError('bad_proto', 'a header has another length than it says')
  } while (comes(reader, FIELD.header, recordEnd))
  return headers
}

/** Whether this field comes next, before `end`: what is behind it may begin with the same tag. */
const comes = (reader: VarintReader, field: number, end: number): boolean =>
  reader.at < end && reader.skip(field)

function readBytes(reader: VarintReader, field: number, end: number): Uint8Array {
  return comes(reader, field, end) ? reader.take(reader.varint()) : EMPTY
}

const NO_HEADERS: readonly Header[] = []
const EMPTY = new Uint8Array(0)
