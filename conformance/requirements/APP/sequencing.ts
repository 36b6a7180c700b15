import { batch, fence, record, trim } from '../../../client/records.ts'
import type { AppendInput } from '../../../proto/types.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { APPENDERS } from '../transports.ts'

export const sequencing: readonly Requirement[] = [
  onStream(
    'APP-001',
    'Sequence numbers start at 0 and are contiguous',
    { on: APPENDERS },
    async ({ stream, expect }) => {
      const batches: readonly AppendInput[] = [
        batch('a'),
        batch('b', 'c', 'd'),
        { records: [fence('token')] },
        { records: [record('e'), trim(0n), record('f')] },
        batch(...Array.from({ length: 100 }, (_, index) => `many ${index}`)),
        batch('last'),
      ]
      let next = 0n
      for (const input of batches) {
        const { start, end } = expect.ok(await stream.append(input))
        expect.equal(start.seqNum, next, 'start.seq_num')
        next += BigInt(input.records.length)
        expect.equal(end.seqNum, next, 'end.seq_num')
        // A refusal leaves no gap.
        const stale = await stream.append({ ...batch('refused'), matchSeqNum: next + 1n })
        expect.refused(stale, 412, { seq_num_mismatch: next })
      }
      await expect.holds(
        stream,
        batches.flatMap(({ records }) => records),
      )
    },
  ),

  onStream('APP-002', 'Acknowledgement of a unary append', { on: APPENDERS }, async ({ stream, expect }) => {
    const three = [
      record('a', { timestamp: 10n }),
      record('b', { timestamp: 30n }),
      record('c', { timestamp: 20n }),
    ]
    const first = expect.ok(await stream.append({ records: three }))
    expect.equal(first.start, { seqNum: 0n, timestamp: 10n }, 'start')
    expect.equal(first.end, { seqNum: 3n, timestamp: 30n }, 'end')
    const second = expect.ok(await stream.append({ records: [record('d', { timestamp: 40n })] }))
    expect.equal(second.start, { seqNum: 3n, timestamp: 40n }, 'start of one record')
    expect.equal(second.end, { seqNum: 4n, timestamp: 40n }, 'end of one record')
    const largest = expect.ok(await stream.append(batch(...Array.from({ length: 1000 }, () => 'x'))))
    expect.equal([largest.start.seqNum, largest.end.seqNum], [4n, 1004n], 'numbers of 1000 records')
    const { records } = expect.ok(await stream.read({ seqNum: 1003n, count: 1n }))
    const [stored] = expect.records(records, 1003n, [record('x')])
    expect.equal(largest.end.timestamp, stored?.timestamp, 'end.timestamp, the timestamp of the last record')
    for (const { tail, end } of [first, second, largest]) {
      expect.that(tail.seqNum >= end.seqNum, 'tail.seq_num is at least end.seq_num', { tail, end })
      expect.that(tail.timestamp >= end.timestamp, 'tail.timestamp is at least end.timestamp', { tail, end })
    }
  }),

  onStream('APP-003', 'Tail equals end', { on: APPENDERS }, async ({ stream, expect }) => {
    const bodies = Array.from({ length: 16 }, (_, index) => `body ${index}`)
    const alone = expect.ok(await stream.append(batch('first')))
    const together = await Promise.all(bodies.map((body) => stream.append(batch(body, body))))
    for (const { tail, end } of [alone, ...together.map((answer) => expect.ok(answer))]) {
      expect.equal(tail, end, 'tail of an acknowledgement, beside its end')
    }
  }),
]
