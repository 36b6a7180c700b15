import { batch, fence, record, trim } from '../../../client/records.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { overlapping } from '../overlapping.ts'
import { APPENDERS } from '../transports.ts'

export const consistency: readonly Requirement[] = [
  onStream('TAIL-004', 'Durable only', { on: APPENDERS }, async (context) => {
    const { stream, expect } = context
    const checkThenRead = async (): Promise<void> => {
      const { seqNum } = expect.ok(await stream.checkTail())
      const answer = await stream.over('json').read({ seqNum: seqNum - 1n, count: 1n })
      const numbers = expect.ok(answer).records.map((record) => record.seqNum)
      expect.equal(numbers, [seqNum - 1n], 'the record below a tail, read at once')
    }
    const append = async (): Promise<void> => void expect.ok(await stream.append(batch('a', 'b', 'c')))
    await append()
    await overlapping(context, [
      [15, append],
      [15, append],
      [15, checkThenRead],
      [15, checkThenRead],
    ])
    expect.equal(expect.ok(await stream.checkTail()).seqNum, 93n, 'tail at the end')
  }),

  onStream('TAIL-005', 'Linearizable', { on: APPENDERS }, async (context) => {
    const { stream, expect } = context
    let sent = 0n
    let seen = 0n
    const note = (seqNum: bigint): void => {
      if (seqNum > seen) seen = seqNum
    }
    const append = async (): Promise<void> => {
      sent += 2n
      note(expect.ok(await stream.append(batch('a', 'b'))).tail.seqNum)
    }
    const checkTail = async (): Promise<void> => {
      const seenBefore = seen
      const { seqNum } = expect.ok(await stream.checkTail())
      expect.that(seqNum >= seenBefore, `the tail is not older than one seen before, ${seenBefore}`, seqNum)
      expect.that(seqNum <= sent, `the tail is not newer than what was sent, ${sent}`, seqNum)
      expect.that(seqNum % 2n === 0n, 'the tail is the end of a batch', seqNum)
      note(seqNum)
    }
    await overlapping(context, [
      [15, append],
      [15, append],
      [20, checkTail],
      [20, checkTail],
      [20, checkTail],
    ])
    expect.equal(expect.ok(await stream.checkTail()).seqNum, 60n, 'tail at the end')
  }),

  onStream('TAIL-006', 'Not affected by trim, expiry, failed appends', { on: APPENDERS }, async (context) => {
    const { stream, expect } = context
    const at = (timestamp: bigint) => record(`at ${timestamp}`, { timestamp })
    expect.ok(await stream.append({ records: [at(100n), at(200n), fence('mine', 300n)] }))
    const tail = { seqNum: 3n, timestamp: 300n }
    expect.equal(expect.ok(await stream.checkTail()), tail, 'tail')

    const failing = { records: [at(400n)] }
    expect.refused(await stream.append({ ...failing, matchSeqNum: 2n }), 412, { seq_num_mismatch: 3n })
    expect.refused(await stream.append({ ...failing, fencingToken: 'other' }), 412, {
      fencing_token_mismatch: 'mine',
    })
    expect.refused(
      await stream.append({ records: [record('', { headers: [['', 'grow']] })] }),
      422,
      'invalid',
    )
    expect.refused(await stream.append({ records: [] }), 422, 'invalid')
    expect.equal(expect.ok(await stream.checkTail()), tail, 'tail after appends that failed')

    expect.ok(await stream.append({ records: [trim(3n, 500n)] }))
    await expect.trimmedTo(stream, 3n)
    expect.equal(expect.ok(await stream.checkTail()), { seqNum: 4n, timestamp: 500n }, 'tail after a trim')
  }),
]
