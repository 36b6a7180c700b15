import { batch } from '../../../client/records.ts'
import { demandOverlap, type Timed, timed } from '../../check/overlap.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { APPENDERS } from '../transports.ts'

export const races: readonly Requirement[] = [
  onStream('APP-008', 'Ack ordering and uniqueness across clients', { on: APPENDERS }, async (context) => {
    const { stream, expect } = context
    const appends = await Promise.all(
      Array.from({ length: 32 }, (_, client) => {
        const bodies = Array.from({ length: 1 + (client % 4) }, (_, index) => `${client} ${index}`)
        return timed(context, client, () => stream.append(batch(...bodies)))
      }),
    )
    const acks = appends.map(({ value }) => expect.ok(value))
    acks.sort((left, right) => (left.start.seqNum < right.start.seqNum ? -1 : 1))
    let next = 0n
    for (const { start, end } of acks) {
      expect.equal(start.seqNum, next, 'start.seq_num, beside the end of the batch below it')
      next = end.seqNum
    }
    expect.equal(next, 8n * (1n + 2n + 3n + 4n), 'end of the highest batch')
    await expect.tail(stream, next)
    demandOverlap(context, appends)
  }),

  onStream('APP-029', 'Conditions are atomic with the append', { on: APPENDERS }, async (context) => {
    const { stream, expect } = context
    const all: Timed<unknown>[] = []
    for (const round of [0n, 1n, 2n, 3n, 4n, 5n]) {
      const tail = round * 2n
      const attempts = await Promise.all(
        Array.from({ length: 12 }, (_, client) => {
          const input = { ...batch(`${round} ${client} a`, `${round} ${client} b`), matchSeqNum: tail }
          return timed(context, client, () => stream.append(input))
        }),
      )
      const answers = attempts.map(({ value }) => value)
      const losers = answers.filter(({ status }) => status !== 200)
      expect.equal(losers.length, 11, 'number of refused appends of 12')
      for (const loser of losers) expect.refused(loser, 412, { seq_num_mismatch: tail + 2n })
      const winner = answers.find(({ status }) => status === 200)
      expect.equal(winner?.value?.start.seqNum, tail, 'start.seq_num of the one that succeeded')
      all.push(...attempts.map((attempt) => ({ ...attempt, client: attempt.client + 12 * Number(round) })))
    }
    await expect.tail(stream, 12n)
    demandOverlap(context, all)
  }),
]
