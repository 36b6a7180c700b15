import { ConformanceFailure } from '../../../client/failures.ts'
import { batch, fence } from '../../../client/records.ts'
import type { CheckContext } from '../../check/context.ts'
import { demandOverlap, type Timed, timed } from '../../check/overlap.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { APPENDERS } from '../transports.ts'

export const refusals: readonly Requirement[] = [
  requirement(
    'APP-027',
    'A 412 must not reveal state that could vanish',
    { on: APPENDERS },
    async (context) => {
      // What is not durable yet is not visible either: a tail that lags behind a refusal shows that it spoke too soon.
      const { writes, refusals } = await refuseWhileWriting(context)
      for (const { value } of refusals) {
        const revealed = revealedTail(value.reported)
        context.expect.that(
          value.tailAfter >= revealed,
          `after a refusal with ${describe(value.reported)} the tail is ${revealed} or higher`,
          value.tailAfter,
        )
      }
      demandOverlap(context, [...writes, ...refusals])
    },
  ),

  requirement('APP-028', '412 value consistency', { on: APPENDERS }, async (context) => {
    // A token that was in force at some moment of the refusal, or a number that was the next one.
    const { writes, refusals } = await refuseWhileWriting(context)
    for (const refusal of refusals) {
      const { reported } = refusal.value
      const possible = possibleTurns(writes, refusal).map((turn) => describe(reportedAfter(turn, reported)))
      context.expect.that(
        possible.includes(describe(reported)),
        `the reported value is one of ${possible.join(', ')}, which were true meanwhile`,
        describe(reported),
      )
    }
    demandOverlap(context, [...writes, ...refusals])
  }),
]

interface Reported {
  readonly seq_num_mismatch?: bigint
  readonly fencing_token_mismatch?: string
}

interface Refused {
  readonly reported: Reported
  /** Asked for once the refusal was there. */
  readonly tailAfter: bigint
}

const TURNS = Array.from({ length: 20 }, (_, turn) => turn)

/** One writer, whose batches of three each set a token of their own, and three clients who are refused meanwhile. */
async function refuseWhileWriting(context: CheckContext): Promise<{
  readonly writes: readonly Timed<unknown>[]
  readonly refusals: readonly Timed<Refused>[]
}> {
  const { newStream, expect } = context
  const stream = await newStream()
  const write = async (): Promise<readonly Timed<unknown>[]> => {
    const written: Timed<unknown>[] = []
    for (const turn of TURNS) {
      const input = { records: [fence(`token ${turn}`), ...batch('a', 'b').records] }
      written.push(await timed(context, 0, async () => expect.ok(await stream.append(input))))
    }
    return written
  }
  const refuse = async (client: number): Promise<readonly Timed<Refused>[]> => {
    const refused: Timed<Refused>[] = []
    for (const turn of TURNS) {
      const condition = turn % 2 === 0 ? { matchSeqNum: 1n } : { fencingToken: 'never set' }
      const attempt = await timed(context, client, () => stream.append({ ...batch('x'), ...condition }))
      const { seqNum: tailAfter } = expect.ok(await stream.checkTail())
      expect.status(attempt.value, 412)
      refused.push({ ...attempt, value: { reported: attempt.value.error ?? {}, tailAfter } })
    }
    return refused
  }
  const [writes, ...refusals] = await Promise.all([write(), refuse(1), refuse(2), refuse(3)])
  await expect.tail(stream, 60n)
  return { writes, refusals: refusals.flat() }
}

/** How many writes can have been sequenced at some moment of the refusal: from those done before to those begun. */
function possibleTurns(writes: readonly Timed<unknown>[], refusal: Timed<unknown>): readonly number[] {
  const done = writes.filter(({ to }) => to <= refusal.from).length
  const begun = writes.filter(({ from }) => from <= refusal.to).length
  return Array.from({ length: begun - done + 1 }, (_, index) => done + index)
}

function reportedAfter(writes: number, { seq_num_mismatch }: Reported): Reported {
  if (seq_num_mismatch !== undefined) return { seq_num_mismatch: BigInt(3 * writes) }
  return { fencing_token_mismatch: writes === 0 ? '' : `token ${writes - 1}` }
}

/** The end of the batch that made the reported value true. */
function revealedTail({ seq_num_mismatch, fencing_token_mismatch }: Reported): bigint {
  if (seq_num_mismatch !== undefined) return seq_num_mismatch
  if (fencing_token_mismatch === '') return 0n
  const turn = TURNS.findIndex((each) => fencing_token_mismatch === `token ${each}`)
  if (turn >= 0) return 3n * BigInt(turn) + 3n
  throw new ConformanceFailure({
    subject: 'the reported value',
    expected: 'a number, or a token that was set',
    actual: describe({ ...(fencing_token_mismatch !== undefined && { fencing_token_mismatch }) }),
  })
}

const describe = ({ seq_num_mismatch, fencing_token_mismatch }: Reported): string =>
  seq_num_mismatch === undefined ? `token "${fencing_token_mismatch}"` : `number ${seq_num_mismatch}`
