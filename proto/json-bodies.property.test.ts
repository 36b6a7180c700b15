import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  appendAckFromJson,
  appendAckToJson,
  appendInputFromJson,
  appendInputToJson,
  readBatchFromJson,
  readBatchToJson,
  tailFromJson,
  tailToJson,
} from './json-bodies.ts'
import {
  appendAck,
  appendInput,
  position,
  readBatch,
  spoilt,
  utf8Bytes,
  valueOrWireError,
} from './testing.ts'
import type { Format } from './types.ts'

const utf8 = new TextEncoder()

describe('round trips', () => {
  test.each<[Format, fc.Arbitrary<Uint8Array> | undefined]>([
    ['raw', utf8Bytes],
    ['base64', undefined],
  ])('appends and batches in %s, as text and as bytes', (format, content) => {
    const options = content === undefined ? {} : { content }
    fc.assert(
      fc.property(appendInput(options), readBatch(options), (input, batch) => {
        const json = appendInputToJson(input, format)
        expect(appendInputFromJson(json, format)).toStrictEqual(input)
        expect(appendInputFromJson(utf8.encode(json), format)).toStrictEqual(input)
        expect(readBatchFromJson(readBatchToJson(batch, format), format)).toStrictEqual(batch)
      }),
    )
  })

  test('acknowledgements and tails', () => {
    fc.assert(
      fc.property(appendAck, position, (ack, tail) => {
        expect(appendAckFromJson(appendAckToJson(ack))).toStrictEqual(ack)
        expect(tailFromJson(tailToJson(tail))).toStrictEqual(tail)
      }),
    )
  })
})

test('hostile bytes give a value or a WireError', () => {
  const valid = fc.oneof(
    appendInput().map((input) => utf8.encode(appendInputToJson(input, 'base64'))),
    readBatch().map((batch) => utf8.encode(readBatchToJson(batch, 'base64'))),
    appendAck.map((ack) => utf8.encode(appendAckToJson(ack))),
  )
  const shapes = fc.object({
    key: fc.constantFrom('records', 'headers', 'body', 'tail', 'start', 'timestamp', 'seq_num'),
  })
  const anything = fc.oneof(
    spoilt(valid),
    shapes.map((shape) => utf8.encode(JSON.stringify(shape))),
  )
  fc.assert(
    fc.property(anything, fc.constantFrom<Format>('raw', 'base64'), (bytes, format) => {
      valueOrWireError<unknown>(() => appendInputFromJson(bytes, format))
      valueOrWireError<unknown>(() => readBatchFromJson(bytes, format))
      valueOrWireError<unknown>(() => appendAckFromJson(bytes))
      valueOrWireError<unknown>(() => tailFromJson(bytes))
    }),
    { numRuns: 1000 },
  )
})
