import { batch, record } from '../../../client/records.ts'
import type { AppendInput } from '../../../proto/types.ts'
import { inputFrames } from '../../by-hand/frames.ts'
import type { RefusalBody } from '../../check/expect.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { expectAcksInOrder, expectEnd, nextAcks, recordsOf } from '../S2S/session.ts'
import { FRAMES } from '../transports.ts'

export const sessionFailures: readonly Requirement[] = [
  requirement('APP-047', 'First failure ends the session', { on: FRAMES }, async ({ newStream, expect }) => {
    const failures: readonly (readonly [condition: Partial<AppendInput>, body: RefusalBody])[] = [
      [{ matchSeqNum: 2n }, { seq_num_mismatch: 3n }],
      [{ fencingToken: 'wrong' }, { fencing_token_mismatch: '' }],
    ]
    for (const [condition, body] of failures) {
      const stream = await newStream()
      const good = [batch('1 a', '1 b'), batch('2')]
      const bad = { ...batch('3'), ...condition }
      const session = await stream.openAppend()
      await session.sendBytes(inputFrames(...good, bad, batch('4'), { ...batch('5'), matchSeqNum: 3n }))
      expectAcksInOrder(expect, await nextAcks(expect, session, 2), good, 0n)
      expect.refused(await session.next(), 412, body)
      await expectEnd(expect, session)
      await expect.tail(stream, 3n)
      expect.equal(expect.ok(await stream.append(batch('6'))).start.seqNum, 3n, 'the next number')
      await expect.holds(stream, recordsOf([...good, batch('6')]))
    }
  }),

  requirement('APP-048', 'Failure reply waits for earlier acks', { on: FRAMES }, async (context) => {
    const { newStream, expect } = context
    const good = Array.from({ length: 24 }, (_, index) => ({
      records: [record(new Uint8Array(60_000).fill(index)), record(`${index}`)],
    }))
    for (const matchSeqNum of [0n, 47n, 49n]) {
      const stream = await newStream()
      const session = await stream.openAppend()
      await session.sendBytes(inputFrames(...good, { ...batch('bad'), matchSeqNum }, batch('never')))
      expectAcksInOrder(expect, await nextAcks(expect, session, good.length), good, 0n)
      expect.refused(await session.next(), 412, { seq_num_mismatch: 48n })
      await expectEnd(expect, session)
      await expect.holds(stream, recordsOf(good))
    }
  }),
]
