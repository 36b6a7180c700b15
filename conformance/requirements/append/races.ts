import { row } from '../../catalogue/catalogue.ts'
import { demandOverlap, type Timed, timed } from '../../overlap.ts'
import { batch, fence } from '../../records.ts'
import type { Requirement } from '../../requirement.ts'
import { expectTail } from '../read-back.ts'
import { APPENDERS } from '../transports.ts'

export const disjointAcks: Requirement = {
  ...row('APP-008'),
  needs: [],
  on: APPENDERS,
  async check(context) {
    const { newStream, expect } = context
    const stream = await newStream()
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
    await expectTail(context, stream, next)
    demandOverlap(context, appends)
  },
}

export const oneWinner: Requirement = {
  ...row('APP-029'),
  needs: [],
  on: APPENDERS,
  async check(context) {
    const { newStream, expect } = context
    const stream = await newStream()
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
    await expectTail(context, stream, 12n)
    demandOverlap(context, all)
  },
}

/** A token that was in force at some moment of the refusal, or a number that was the next one. */
export const reportedValuesWereTrue: Requirement = {
  ...row('APP-028'),
  needs: [],
  on: APPENDERS,
  async check(context) {
    const { newStream, expect } = context
    const stream = await newStream()
    const turns = Array.from({ length: 20 }, (_, turn) => turn)
    // One writer alone appends: three records each turn, the first of which sets the turn's token.
    const write = async (): Promise<readonly Timed<unknown>[]> => {
      const written: Timed<unknown>[] = []
      for (const turn of turns) {
        const input = { records: [fence(`token ${turn}`), ...batch('a', 'b').records] }
        written.push(await timed(context, 0, async () => expect.ok(await stream.append(input))))
      }
      return written
    }
    const refuse = async (client: number): Promise<readonly Timed<Reported>[]> => {
      const refused: Timed<Reported>[] = []
      for (const turn of turns) {
        const condition = turn % 2 === 0 ? { matchSeqNum: 1n } : { fencingToken: 'never set' }
        const attempt = await timed(context, client, () => stream.append({ ...batch('x'), ...condition }))
        expect.status(attempt.value, 412)
        refused.push({ ...attempt, value: attempt.value.error ?? {} })
      }
      return refused
    }
    const [writes, ...refusals] = await Promise.all([write(), refuse(1), refuse(2), refuse(3)])
    await expectTail(context, stream, 60n)
    for (const refusal of refusals.flat()) {
      const possible = possibleTurns(writes, refusal).map((turn) => reportedAfter(turn, refusal.value))
      expect.that(
        possible.includes(reported(refusal.value)),
        `the reported value is one of ${possible.join(', ')}, which were true meanwhile`,
        reported(refusal.value),
      )
    }
    demandOverlap(context, [...writes, ...refusals.flat()])
  },
}

interface Reported {
  readonly seq_num_mismatch?: bigint
  readonly fencing_token_mismatch?: string
}

const reported = ({ seq_num_mismatch, fencing_token_mismatch }: Reported): string =>
  seq_num_mismatch === undefined ? `token "${fencing_token_mismatch}"` : `number ${seq_num_mismatch}`

/** How many writes can have been sequenced at some moment of the refusal: from those done before to those begun. */
function possibleTurns(writes: readonly Timed<unknown>[], refusal: Timed<unknown>): readonly number[] {
  const done = writes.filter(({ to }) => to <= refusal.from).length
  const begun = writes.filter(({ from }) => from <= refusal.to).length
  return Array.from({ length: begun - done + 1 }, (_, index) => done + index)
}

function reportedAfter(writes: number, { seq_num_mismatch }: Reported): string {
  if (seq_num_mismatch !== undefined) return `number ${3 * writes}`
  return writes === 0 ? 'token ""' : `token "token ${writes - 1}"`
}
