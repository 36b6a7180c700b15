import { batch } from '../../../client/records.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { APPENDERS } from '../transports.ts'

export const durable: readonly Requirement[] = [
  onStream('APP-006', 'Ack implies durable', { needs: ['restart'], on: APPENDERS }, async (context) => {
    // Killed at once after its ack, the target has all that it acknowledged, to reads and to check-tail.
    const { stream, lifecycle, expect } = context
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
  }),
]
