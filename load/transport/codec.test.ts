import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeFrame, HEAD_BYTES } from '../../proto/frames.ts'
import { decodeAppendInput, encodeAppendAck, encodeReadBatch } from '../../proto/messages.ts'
import type { ReadBatch } from '../../proto/types.ts'
import { createFiller } from '../verify/filler.ts'
import { STAMP_BYTES } from '../verify/stamp-layout.ts'
import { StampReader } from '../verify/stamp-reader.ts'
import { BatchEncoder } from './batch-encoder.ts'
import { Cursor } from './cursor.ts'
import { FrameSplitter } from './frame-splitter.ts'
import { jsonOf } from './json-batch.ts'
import { encodeHeaders, READ_HEADER } from './record-headers.ts'
import { scanAck, scanReadBatch } from './scan.ts'

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

  test('is the same in JSON', () => {
    const encoded = encoder([[Buffer.from('n'), Buffer.from('v')]]).encode([40, 50], 1, 0, 7)
    const { records } = decodeAppendInput(encoded.subarray(HEAD_BYTES))
    const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
    expect(JSON.parse(jsonOf(encoded))).toEqual({
      records: records.map(({ headers, body }) => ({
        headers: headers.map(({ name, value }) => [base64(name), base64(value)]),
        body: base64(body),
      })),
    })
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

const u53 = fc.oneof(fc.nat(300), fc.nat(Number.MAX_SAFE_INTEGER))
const some = fc.uint8Array({ minLength: 1, maxLength: 200 })
const sequenced = fc.record({
  seqNum: u53.map(BigInt),
  timestamp: u53.map(BigInt),
  headers: fc.array(
    // A codec may leave out a value that is empty.
    fc.record({ name: some, value: some }),
    { maxLength: 2 },
  ),
  body: fc.uint8Array({ maxLength: 300 }),
})

describe('a scan', () => {
  test('sees of a batch that was read what the codec of the wire wrote', () => {
    const tail = fc.option(fc.record({ seqNum: u53.map(BigInt), timestamp: u53.map(BigInt) }), {
      nil: undefined,
    })
    fc.assert(
      fc.property(fc.array(sequenced, { maxLength: 10 }), tail, (records, end) => {
        const batch: ReadBatch = { records, ...(end !== undefined && { tail: end }) }
        const cursor = new Cursor(Buffer.from(encodeReadBatch(batch)))
        const seen: unknown[] = []
        scanReadBatch(cursor, {
          record: (seqNum, timestamp, bytes, ...[begin, finish, from, to]) =>
            seen.push([
              seqNum,
              timestamp,
              bytes.toString('hex', begin, finish),
              bytes.toString('hex', from, to),
            ]),
          tail: (seqNum) => seen.push(seqNum),
        })
        expect(seen).toEqual([
          ...records.map(({ seqNum, timestamp, headers, body }) => [
            Number(seqNum),
            Number(timestamp),
            Buffer.from(body).toString('hex'),
            encodeHeaders(
              headers.map(({ name, value }) => [Buffer.from(name), Buffer.from(value)]),
              READ_HEADER,
            ).toString('hex'),
          ]),
          ...(end === undefined ? [] : [Number(end.seqNum)]),
        ])
      }),
    )
  })

  test('sees where an acknowledged batch stands', () => {
    const position = fc.record({ seqNum: u53.map(BigInt), timestamp: u53.map(BigInt) })
    fc.assert(
      fc.property(position, position, position, (start, end, tail) => {
        const ack = { start: -1, end: -1 }
        scanAck(new Cursor(Buffer.from(encodeAppendAck({ start, end, tail }))), ack)
        expect(ack).toEqual({ start: Number(start.seqNum), end: Number(end.seqNum) })
      }),
    )
  })

  test('refuses what ends inside a field, and numbers that no number holds', () => {
    const batch = Buffer.from(
      encodeReadBatch({ records: [{ seqNum: 1n, timestamp: 2n, headers: [], body: Buffer.alloc(9) }] }),
    )
    const visitor = { record() {}, tail() {} }
    for (let end = 1; end < batch.length; end++)
      expect(() => scanReadBatch(new Cursor(batch.subarray(0, end)), visitor), `of ${end} bytes`).toThrow()
    const large = Buffer.from(encodeReadBatch({ records: [], tail: { seqNum: 2n ** 53n, timestamp: 0n } }))
    expect(() => scanReadBatch(new Cursor(large), visitor)).toThrow('too large')
  })
})

describe('the frames of a session', () => {
  test('are the same however their bytes are cut', () => {
    const payloads = fc.array(fc.uint8Array({ maxLength: 400 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(payloads, fc.array(fc.nat(60), { minLength: 1, maxLength: 10 }), (given, cuts) => {
        const bytes = Buffer.concat(given.map((payload) => encodeFrame({ payload, compression: 'none' })))
        const seen: number[][] = []
        const splitter = new FrameSplitter((flags, buffer, begin, end) => {
          expect(flags).toBe(0)
          seen.push([...buffer.subarray(begin, end)])
        })
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = cuts[turn % cuts.length] ?? 1
          splitter.push(bytes.subarray(at, at + Math.max(1, size)))
          at += Math.max(1, size)
        }
        expect(seen).toEqual(given.map((payload) => [...payload]))
      }),
    )
  })

  test.each([
    ['of no length', [0, 0, 0]],
    ['longer than any', [0x7f, 0xff, 0xff]],
  ])('%s are refused', (_what, bytes) => {
    expect(() => new FrameSplitter(() => {}).push(Buffer.from(bytes))).toThrow()
  })
})
