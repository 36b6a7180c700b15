import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeAppendAck, encodeReadBatch } from '../../proto/messages.ts'
import type { ReadBatch } from '../../proto/types.ts'
import { Cursor } from './cursor.ts'
import { encodeHeaders, READ_HEADER } from './record-headers.ts'
import { scanAck, scanReadBatch } from './scan.ts'

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
