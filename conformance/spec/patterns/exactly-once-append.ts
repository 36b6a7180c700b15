import assert from 'node:assert/strict'
import { record } from '../../../client/records.ts'
import { TargetError } from '../../../client/target-error.ts'
import type { AppendInput, SequencedRecord } from '../../../proto/types.ts'
import { BASIN } from './basin.ts'
import type { Pattern } from './pattern.ts'
import { accepted, refused, textsOf } from './run/answers.ts'

/** Appends each batch once, although acknowledgements are lost and another writer interferes. */
export const exactlyOnceAppend: Pattern = {
  slug: 'exactly-once-append',
  needsFaults: true,
  async run({ step, stream, aside, faults }) {
    const other = aside.basin(BASIN).stream('payments')
    await accepted(aside.basin(BASIN).createStream('payments'))
    await accepted(other.append(payments('other-1', 'payment 0', 'payment 1')))
    const own = stream('payments')

    step(1)
    const { seqNum: next } = await accepted(own.checkTail())

    step(2)
    const first = { ...payments('writer-1/7', 'payment 2', 'payment 3'), matchSeqNum: next }
    faults.loseAck()
    await assert.rejects(own.append(first), TargetError)

    step(3)
    const stale = await refused(412, own.append(first))
    assert.equal(stale.seq_num_mismatch, next + 2n)

    step(4)
    const count = BigInt(first.records.length)
    const found = await accepted(own.read({ seqNum: next, count }))
    assert(isBatch(found.records, first), 'the first attempt stored the batch')

    step(5)
    const second = { ...payments('writer-1/8', 'payment 5'), matchSeqNum: next + count }
    await accepted(other.append(payments('other-2', 'payment 4')))
    const taken = await refused(412, own.append(second))
    assert.equal(taken.seq_num_mismatch, next + count + 1n)
    const foreign = await accepted(own.read({ seqNum: next + count, count: 1n }))
    assert(!isBatch(foreign.records, second), 'the number has a record of another writer')
    const third = { ...second, matchSeqNum: taken.seq_num_mismatch }
    await accepted(own.append(third))

    step(6)
    faults.refuse({ operation: 'append', code: 'unavailable' })
    const fourth = { ...payments('writer-1/9', 'payment 6'), matchSeqNum: third.matchSeqNum + 1n }
    await refused(503, own.append(fourth))
    const { start } = await accepted(own.append(fourth))
    assert.equal(start.seqNum, fourth.matchSeqNum)
    const { records } = await accepted(other.read({ seqNum: 0n }))
    assert.deepEqual(
      textsOf(records),
      Array.from({ length: 7 }, (_, index) => `payment ${index}`),
    )

    step(7)
    const unconditional = payments('writer-1/10', 'payment 7')
    faults.loseAck()
    await assert.rejects(own.append(unconditional), TargetError)
    await accepted(own.append(unconditional))
    const twice = await accepted(own.read({ seqNum: 7n }))
    assert.deepEqual(textsOf(twice.records), ['payment 7', 'payment 7'])
  },
}

/** A batch whose records carry the name of the batch as header. */
const payments = (id: string, ...bodies: readonly string[]): AppendInput => ({
  records: bodies.map((body) => record(body, { headers: [['batch', id]] })),
})

/** Whether records are those of a batch: the same headers and bodies, in the same order. */
const isBatch = (records: readonly SequencedRecord[], { records: sent }: AppendInput): boolean =>
  records.length === sent.length &&
  sent.every(({ headers, body }, index) => {
    const stored = records[index]
    return (
      stored !== undefined &&
      Buffer.from(stored.body).equals(body) &&
      stored.headers.length === headers.length &&
      headers.every(({ name, value }, at) => {
        const header = stored.headers[at]
        return (
          header !== undefined &&
          Buffer.from(header.name).equals(name) &&
          Buffer.from(header.value).equals(value)
        )
      })
    )
  })
