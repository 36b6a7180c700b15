import assert from 'node:assert/strict'
import { batch } from '../../../client/records.ts'
import type { SequencedRecord } from '../../../proto/types.ts'
import { BASIN } from './basin.ts'
import type { Pattern } from './pattern.ts'
import { accepted, assertConsecutive, nextBatch, textsOf, untilTail } from './run/answers.ts'

const PAGE = 3n

/** Reads all records up to the tail, then follows from there: no record is missing, and none is read twice. */
export const snapshotAndFollow: Pattern = {
  slug: 'snapshot-and-follow',
  needsFaults: false,
  async run({ step, stream, aside }) {
    const writer = aside.basin(BASIN).stream('orders')
    await accepted(aside.basin(BASIN).createStream('orders'))
    for (const order of ['order 0', 'order 1', 'order 2', 'order 3'])
      await accepted(writer.append(batch(order)))

    step(1)
    const orders = stream('orders')
    const { seqNum: end } = await accepted(orders.checkTail())
    assert.equal(end, 4n)

    step(2)
    const snapshot: SequencedRecord[] = []
    for (let next = 0n; next < end; next = (snapshot.at(-1)?.seqNum ?? next) + 1n) {
      const count = end - next < PAGE ? end - next : PAGE
      const { records } = await accepted(orders.read({ seqNum: next, count }))
      snapshot.push(...records)
      // A writer goes on while the snapshot is read.
      if (next === 0n) await accepted(writer.append(batch('order 4')))
    }
    assert.deepEqual(textsOf(snapshot), ['order 0', 'order 1', 'order 2', 'order 3'])

    step(3)
    const session = await stream('orders', 'sse').openRead({ seqNum: end })
    const followed = [...(await untilTail(session))]
    await accepted(writer.append(batch('order 5')))
    followed.push(...(await nextBatch(session)))
    session.cancel()
    assert.deepEqual(textsOf(followed), ['order 4', 'order 5'])
    assertConsecutive([...snapshot, ...followed], 0n)

    step(4)
    const late = await stream('orders', 'sse').openRead({})
    await untilTail(late)
    await accepted(writer.append(batch('order 6')))
    assert.deepEqual(textsOf(await nextBatch(late)), ['order 6'])
    late.cancel()
  },
}
