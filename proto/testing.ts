/** What the property tests of the wire share: values of every message, chunkings, and spoilt bytes. */
import fc from 'fast-check'
import { MAX_U64 } from './limits.ts'
import type {
  AppendAck,
  AppendInput,
  AppendRecord,
  Header,
  Position,
  ReadBatch,
  SequencedRecord,
} from './types.ts'
import { WireError } from './wire-error.ts'

/** As the codecs make objects; fast-check also makes some without a prototype. */
const plain = { noNullPrototype: true } as const

/** The places where 64-bit numbers go wrong, and everything between. */
export const u64: fc.Arbitrary<bigint> = fc.oneof(
  fc.constantFrom(0n, 1n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n, MAX_U64),
  fc.bigInt({ min: 0n, max: MAX_U64 }),
)

export const bytes: fc.Arbitrary<Uint8Array> = fc.uint8Array({ maxLength: 40 })

/** Any text that UTF-8 can write, U+FEFF and controls included. */
export const text: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.string({ unit: 'binary', maxLength: 20 }), weight: 9 },
  // A decoder takes a byte order mark in front away unless told otherwise.
  fc.string({ unit: 'binary', maxLength: 5 }).map((rest) => `\ufeff${rest}`),
)

export const position: fc.Arbitrary<Position> = fc.record({ seqNum: u64, timestamp: u64 }, plain)

export interface ContentArbitraries {
  /** How names, values and bodies come about. */
  readonly content?: fc.Arbitrary<Uint8Array>
}

export function appendInput({ content = bytes }: ContentArbitraries = {}): fc.Arbitrary<AppendInput> {
  const record: fc.Arbitrary<AppendRecord> = fc.record(
    { timestamp: u64, headers: headers(content), body: content },
    { requiredKeys: ['headers', 'body'], ...plain },
  )
  return fc.record(
    { records: fc.array(record, { maxLength: 5 }), matchSeqNum: u64, fencingToken: text },
    { requiredKeys: ['records'], ...plain },
  )
}

export const appendAck: fc.Arbitrary<AppendAck> = fc.record(
  { start: position, end: position, tail: position },
  plain,
)

export function readBatch({ content = bytes }: ContentArbitraries = {}): fc.Arbitrary<ReadBatch> {
  const record: fc.Arbitrary<SequencedRecord> = fc.record(
    { seqNum: u64, timestamp: u64, headers: headers(content), body: content },
    plain,
  )
  return fc.record(
    { records: fc.array(record, { maxLength: 5 }), tail: position },
    { requiredKeys: ['records'], ...plain },
  )
}

function headers(content: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Header[]> {
  return fc.array(fc.record({ name: content, value: content }, plain), { maxLength: 3 })
}

/** Content that the raw format carries unchanged. */
export const utf8Bytes: fc.Arbitrary<Uint8Array> = text.map((value) => new TextEncoder().encode(value))

/** Where to cut a body of bytes: any number of chunks, empty ones too, or one byte each. */
export const cuts: fc.Arbitrary<readonly number[] | 'each byte'> = fc.oneof(
  fc.constant('each byte' as const),
  fc.array(fc.nat({ max: 400 }), { maxLength: 8 }),
)

export function chunked(whole: Uint8Array, at: readonly number[] | 'each byte'): Uint8Array[] {
  const places = at === 'each byte' ? whole.keys() : at.filter((place) => place < whole.length)
  const sorted = [...places, 0, whole.length].sort((a, b) => a - b)
  return sorted.slice(1).map((end, index) => whole.subarray(sorted[index], end))
}

/** Valid bytes with some of them changed, left out, put in, or doubled. */
export function spoilt(valid: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({
    at: fc.nat({ max: 300 }),
    remove: fc.nat({ max: 4 }),
    insert: fc.uint8Array({ maxLength: 4 }),
  })
  return fc.tuple(valid, fc.array(edit, { minLength: 1, maxLength: 4 })).map(([whole, edits]) => {
    let result = [...whole]
    for (const { at, remove, insert } of edits) {
      const place = result.length === 0 ? 0 : at % (result.length + 1)
      result = [...result.slice(0, place), ...insert, ...result.slice(place + remove)]
    }
    return new Uint8Array(result)
  })
}

/** Runs a decoder on input that may be anything; an error that is no `WireError` passes through and fails the test. */
export function valueOrWireError<T>(decode: () => T): T | WireError {
  try {
    return decode()
  } catch (error) {
    if (error instanceof WireError) return error
    throw error
  }
}

export function fromHex(hex: string): Uint8Array {
  return new Uint8Array((hex.match(/[0-9a-f]{2}/g) ?? []).map((pair) => Number.parseInt(pair, 16)))
}

export function toHex(value: Uint8Array): string {
  return [...value].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

/**
 * How many times as much CPU one piece of work costs as another. Both are measured in this process, several times in turn,
 * and the least of each counts: what disturbs the machine for a while disturbs no more than some of the rounds.
 */
export function costRatio(small: () => void, large: () => void, rounds = 5): number {
  const cost = (work: () => void): number => {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    return Math.max(1, user + system)
  }
  // The first round pays for the compilation of what it runs.
  small()
  const costs = Array.from({ length: rounds }, () => [cost(small), cost(large)] as const)
  return Math.min(...costs.map(([, of]) => of)) / Math.min(...costs.map(([of]) => of))
}
