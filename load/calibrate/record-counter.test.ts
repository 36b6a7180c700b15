import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeFrame } from '../../proto/frames.ts'
import { encodeAppendInput } from '../../proto/messages.ts'
import { RecordCounter } from './record-counter.ts'

const frameOf = (bodies: readonly number[]): Uint8Array =>
  encodeFrame({
    payload: encodeAppendInput({
      records: bodies.map((length) => ({ headers: [], body: new Uint8Array(length).fill(0x0a) })),
    }),
    compression: 'none',
  })

test('the records of each batch are counted, however the bytes are cut', () => {
  const body = fc.oneof(fc.nat(200), fc.constantFrom(0, 1, 125, 126, 127, 128, 16_383, 70_000))
  const batches = fc.array(fc.array(body, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(batches, fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1 }), (given, cuts) => {
      const bytes = Buffer.concat(given.map(frameOf))
      const counted: number[] = []
      const counter = new RecordCounter((records) => counted.push(records))
      for (let at = 0, turn = 0; at < bytes.length; turn++) {
        const size = cuts[turn % cuts.length] ?? 1
        counter.push(bytes.subarray(at, at + size))
        at += size
      }
      expect(counted).toEqual(given.map((bodies) => bodies.length))
    }),
  )
})

test('what is no record is refused', () => {
  const payload = encodeAppendInput({ records: [], matchSeqNum: 3n })
  expect(() => new RecordCounter(() => {}).push(encodeFrame({ payload, compression: 'none' }))).toThrow(
    'field 2',
  )
})
