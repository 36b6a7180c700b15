import { batch, record } from '../../../client/records.ts'
import type { SequencedRecord } from '../../../proto/types.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { overlapping } from '../overlapping.ts'
import { READERS } from '../transports.ts'
import { bounded } from './ladder.ts'

export const paging: readonly Requirement[] = [
  onStream('READ-068', 'Paging', { on: READERS }, async ({ stream, expect, transport }) => {
    const sent = Array.from({ length: 25 }, (_, index) => record(`record no. ${index}`))
    for (const [from, to] of [
      [0, 10],
      [10, 11],
      [11, 25],
    ] as const) {
      expect.ok(await stream.append({ records: sent.slice(from, to) }))
    }
    for (const page of [{ count: 4n }, { count: 5n }, { bytes: 111n }, {}]) {
      const pages: SequencedRecord[] = []
      const nextPage = () => stream.read(bounded(transport, { seqNum: BigInt(pages.length), ...page }))
      let answer = await nextPage()
      while (answer.status === 200) {
        const { records } = expect.ok(answer)
        expect.that(records.length > 0, 'a page before the tail holds a record', records.length)
        pages.push(...records)
        answer = await nextPage()
      }
      expect.refused(answer, 416, { tail: expect.ok(await stream.checkTail()) })
      expect.records(pages, 0n, sent)
    }
  }),

  onStream('READ-070', 'tail_offset versus concurrent appends', { on: READERS }, async (context) => {
    const { stream, expect, transport } = context
    expect.ok(await stream.append(batch(...Array.from({ length: 20 }, () => 'before'))))
    let sent = 20n
    let acked = 20n
    const append = async (): Promise<void> => {
      sent += 2n
      acked = expect.ok(await stream.append(batch('a', 'b'))).end.seqNum
      expect.equal(acked, sent, 'end.seq_num of the only writer')
    }
    const readFromEnd = async (tailOffset: bigint): Promise<void> => {
      const least = atLeastZero(acked - tailOffset)
      const { records } = expect.ok(await stream.read(bounded(transport, { tailOffset })))
      const most = atLeastZero(sent - tailOffset)
      const first = expect.present(records[0], 'a record').seqNum
      expect.equal(
        records.map(({ seqNum }) => seqNum),
        records.map((_, index) => first + BigInt(index)),
        'numbers of the records',
      )
      expect.that(first >= least && first <= most, `the first number is ${least} to ${most}`, first)
    }
    await overlapping(context, [
      [30, append],
      [10, () => readFromEnd(1n)],
      [10, () => readFromEnd(5n)],
      [10, () => readFromEnd(70n)],
    ])
  }),
]

const atLeastZero = (number: bigint): bigint => (number < 0n ? 0n : number)
