import { batch } from '../../../client/records.ts'
import { row } from '../../catalogue/catalogue.ts'
import type { Requirement } from '../../check/requirement.ts'
import { APPENDERS } from '../transports.ts'

/** Killed at once after its ack, the target has all that it acknowledged, to reads and to check-tail. */
export const ackImpliesDurable: Requirement = {
  ...row('APP-006'),
  needs: ['restart'],
  on: APPENDERS,
  async check(context) {
    const { newStream, lifecycle, expect } = context
    const stream = await newStream()
    const sent = [...batch('first').records]
    expect.ok(await stream.append({ records: sent }))
    const { records } = batch('a', 'b', 'c')
    const ack = expect.ok(await stream.append({ records }))
    await lifecycle.kill()
    await lifecycle.start()
    sent.push(...records)
    expect.equal(ack.end.seqNum, BigInt(sent.length), 'end.seq_num of the ack')
    await expect.tail(stream, BigInt(sent.length))
    await expect.holds(stream, sent)
  },
}
