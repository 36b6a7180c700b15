import { batch } from '../../../client/records.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { overlapping } from '../overlapping.ts'
import { READERS } from '../transports.ts'
import { bounded, ladderTail, newLadder } from './ladder.ts'

export const unwritten: readonly Requirement[] = [
  requirement('READ-060', '416 body', { on: READERS }, async (context) => {
    const { expect, transport, newStream } = context
    const ladder = await newLadder(context)
    const empty = await newStream()
    const refusals = [
      [await ladder.read(bounded(transport, { seqNum: 10n })), ladderTail],
      [await ladder.read(bounded(transport, { timestamp: 1001n })), ladderTail],
      [await ladder.read({ seqNum: 11n }), ladderTail],
      [await empty.read(bounded(transport, { seqNum: 0n })), { seqNum: 0n, timestamp: 0n }],
    ] as const
    for (const [answer, tail] of refusals) {
      expect.refused(answer, 416, { tail })
      expect.equal(
        answer.error?.json,
        { tail: { seq_num: tail.seqNum, timestamp: tail.timestamp } },
        'the whole body of the 416',
      )
      expect.header(answer, 'content-type', /^application\/json\b/)
    }
  }),

  onStream('READ-061', '416 tail is current', { on: READERS }, async (context) => {
    const { stream, expect, transport } = context
    const readBeyondTail = () => stream.read(bounded(transport, { seqNum: 1_000_000n }))
    let sent = 0n
    let acked = 0n
    const append = async (): Promise<void> => {
      sent += 2n
      acked = expect.ok(await stream.append(batch('a', 'b'))).end.seqNum
      expect.equal(acked, sent, 'end.seq_num of the only writer')
    }
    const read = async (): Promise<void> => {
      const ackedBefore = acked
      const refused = await readBeyondTail()
      expect.status(refused, 416)
      const { seqNum } = expect.present(refused.error?.tail, 'the tail in the 416')
      expect.that(seqNum >= ackedBefore, `its tail is not older than the last ack, ${ackedBefore}`, seqNum)
      expect.that(seqNum <= sent, `its tail is not newer than what was sent, ${sent}`, seqNum)
      expect.that(seqNum % 2n === 0n, 'its tail is the end of a batch', seqNum)
    }
    await overlapping(context, [
      [30, append],
      [15, read],
      [15, read],
    ])
    const tail = expect.ok(await stream.checkTail())
    expect.equal(tail.seqNum, sent, 'tail at the end')
    expect.refused(await readBeyondTail(), 416, { tail })
  }),
]
