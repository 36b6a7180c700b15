import fc from 'fast-check'
import { encodeBase64 } from '../../../../proto/base64.ts'
import { MAX_U64 } from '../../../../proto/limits.ts'
import type { Format } from '../../../../proto/types.ts'
import type { PlaygroundRequest, Step, TextRecord } from '../request.ts'
import { START_TIME } from '../state.ts'

/** Small numbers that hit the positions of short streams, and the ends of 64 bits. */
const number = fc.oneof(
  { weight: 8, arbitrary: fc.bigInt({ min: 0n, max: 12n }) },
  { weight: 1, arbitrary: fc.constantFrom(2n ** 53n + 1n, MAX_U64 - 1n, MAX_U64) },
)

/** Around the virtual clock, long past, or the largest. */
const time = fc.oneof(
  fc.bigInt({ min: 0n, max: 12n }),
  fc.bigInt({ min: 0n, max: 20_000n }).map((offset) => START_TIME + offset),
  fc.constantFrom(START_TIME + 10_000_000n, MAX_U64),
)

const token = fc.constantFrom('', 'a', 'ä', 'b'.repeat(36), 'c'.repeat(37))
const format = fc.constantFrom<Format>('raw', 'raw', 'base64')

const trimBody = (upTo: bigint): Uint8Array => {
  const body = new Uint8Array(8)
  new DataView(body.buffer).setBigUint64(0, upTo)
  return body
}

const utf8 = new TextEncoder()
const inFormat = (format: Format, bytes: Uint8Array): string =>
  format === 'base64' ? encodeBase64(bytes) : new TextDecoder().decode(bytes)
const textIn = (format: Format, text: string): string => inFormat(format, utf8.encode(text))

const command = (format: Format, name: string, body: Uint8Array): TextRecord => ({
  headers: [['', textIn(format, name)]],
  body: inFormat(format, body),
})

const recordIn = (format: Format): fc.Arbitrary<TextRecord> => {
  const text = fc.string({ unit: 'grapheme', maxLength: 5 }).map((content) => textIn(format, content))
  const data = fc.record(
    { timestamp: time, headers: fc.array(fc.tuple(text, text), { maxLength: 2 }), body: text },
    { requiredKeys: ['headers', 'body'] },
  )
  return fc.oneof(
    { weight: 6, arbitrary: data },
    { weight: 2, arbitrary: token.map((body) => command(format, 'fence', utf8.encode(body))) },
    { weight: 2, arbitrary: number.map((upTo) => command(format, 'trim', trimBody(upTo))) },
    // Wrong commands, and texts that are no base64.
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('fence', 'trim', 'what')
        .map((name) => ({ headers: [['', name]], body: 'x' }) as const),
    },
  )
}

const append: fc.Arbitrary<PlaygroundRequest> = format.chain((chosen) =>
  fc.record(
    {
      kind: fc.constant('append' as const),
      format: fc.constant(chosen),
      records: fc.array(recordIn(chosen), { maxLength: 4 }),
      matchSeqNum: number,
      fencingToken: token,
    },
    { requiredKeys: ['kind', 'format', 'records'] },
  ),
)

const read: fc.Arbitrary<PlaygroundRequest> = fc.record({
  kind: fc.constant('read' as const),
  format,
  start: fc.oneof(
    fc.record({ seqNum: number, clamp: fc.boolean() }, { requiredKeys: ['seqNum'] }),
    fc.record({ timestamp: time, clamp: fc.boolean() }, { requiredKeys: ['timestamp'] }),
    fc.record({ tailOffset: number, clamp: fc.boolean() }, { requiredKeys: ['tailOffset'] }),
    fc.record({ seqNum: number, timestamp: time, tailOffset: number }, { requiredKeys: [] }),
  ),
  end: fc.record(
    {
      count: number,
      bytes: fc.bigInt({ min: 0n, max: 60n }),
      until: time,
      wait: fc.constantFrom(0, 1, 90, 2 ** 32 - 1),
    },
    { requiredKeys: [] },
  ),
})

const configure: fc.Arbitrary<PlaygroundRequest> = fc.record({
  kind: fc.constant('configure' as const),
  mode: fc.constantFrom('client-prefer' as const, 'client-require' as const, 'arrival' as const),
  uncapped: fc.boolean(),
})

const request = fc.oneof(
  { weight: 5, arbitrary: append },
  { weight: 4, arbitrary: read },
  { weight: 1, arbitrary: fc.constant<PlaygroundRequest>({ kind: 'tail' }) },
  { weight: 1, arbitrary: configure },
)

const step: fc.Arbitrary<Step> = fc.record({ after: fc.bigInt({ min: 0n, max: 3000n }), request })

/** Sequences of every kind of request, valid and invalid. */
export const sequences: fc.Arbitrary<readonly Step[]> = fc.array(step, { minLength: 1, maxLength: 20 })
