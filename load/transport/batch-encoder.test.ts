import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HEAD_BYTES } from '../../proto/frames.ts'
import { decodeAppendInput } from '../../proto/messages.ts'
import { createFiller } from '../verify/filler.ts'
import { STAMP_BYTES } from '../verify/stamp-layout.ts'
import { StampReader } from '../verify/stamp-reader.ts'
import { BatchEncoder } from './batch-encoder.ts'

/** What nobody holds is gone then. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const found: unknown = runInNewContext('gc')
  if (typeof found !== 'function') throw new Error('this Node has no gc to expose')
  found()
}

const filler = createFiller(3, 70_000, 0)
const TAG = 4242
const encoder = (headers: readonly (readonly [Buffer, Buffer])[] = []): BatchEncoder =>
  new BatchEncoder({ tag: TAG, filler, headers })

const shape = fc.array(
  fc.oneof(fc.integer({ min: STAMP_BYTES, max: 300 }), fc.constantFrom(127, 128, 16_383, 66_000)),
  {
    minLength: 1,
    maxLength: 20,
  },
)
const header = fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.uint8Array({ maxLength: 200 }))

describe('a batch for the hot path', () => {
  test('is the message that the codec of the wire reads, stamps and headers in place, also in bytes that were used before', () => {
    fc.assert(
      fc.property(shape, fc.array(header, { maxLength: 3 }), fc.nat(1e9), (lengths, headers, index) => {
        const batches = encoder(headers.map(([name, value]) => [Buffer.from(name), Buffer.from(value)]))
        batches.giveBack(batches.encode(lengths, 1, 0, 1))
        const encoded = batches.encode(lengths, 9, index, 123_456_789_012_345)
        const { records, ...conditions } = decodeAppendInput(encoded.subarray(HEAD_BYTES))
        expect(conditions).toEqual({})
        expect(records.map(({ body }) => body.length)).toEqual(lengths)
        records.forEach((record, place) => {
          expect(record.headers.map(({ name, value }) => [[...name], [...value]])).toEqual(
            headers.map((pair) => pair.map((bytes) => [...bytes])),
          )
          const reader = new StampReader(TAG, filler)
          const body = Buffer.from(record.body)
          expect(reader.read(body, 0, body.length)).toBeUndefined()
          const expected = {
            writer: 9,
            index: index + place,
            intendedUs: 123_456_789_012_345,
            place,
            size: lengths.length,
          }
          expect(reader.stamp).toEqual({ tag: TAG, ...expected })
        })
      }),
      { numRuns: 60 },
    )
  })

  test('is made in bytes of its own while others are under way', () => {
    const batches = encoder()
    const alike = [64]
    const first = batches.encode(alike, 1, 0, 1)
    expect(batches.encode(alike, 1, 1, 2)).not.toBe(first)
    batches.giveBack(first)
    expect(batches.encode(alike, 1, 2, 3)).toBe(first)
  })

  test('is not kept when it was sent and no other has its shape', async () => {
    const batches = encoder()
    const sent = Array.from({ length: 100 }, () => {
      const encoded = batches.encode([64], 1, 0, 1)
      batches.giveBack(encoded)
      return new WeakRef(encoded)
    })
    // A reference is kept alive until the turn ends that made it.
    await setImmediate()
    collectGarbage()
    expect(sent.filter((each) => each.deref() !== undefined).length).toBe(0)
    expect(batches.encode([64], 1, 1, 2).length).toBeGreaterThan(64)
  })
})
