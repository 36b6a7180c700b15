import { InconclusiveError } from '../../../client/failures.ts'
import { batch } from '../../../client/records.ts'
import { howMany } from '../../../kit/text/how-many.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement, type Trial } from '../../check/requirement.ts'
import { describeCounts, judgeCrash } from '../../durability/judge-crash.ts'
import { type ProcessFault, planKills } from '../../durability/moment.ts'
import { type Recorded, type RecordOptions, recordBlows } from '../../durability/record-blows.ts'
import { pickBetween } from '../../history/random.ts'

const KILLS = 5

/** Of patience, where there are many; a target may take its time to come up. */
const SECONDS_A_KILL = 5

/**
 * Clients at work, unary and in pipelined sessions, while the target is killed and started again: at random, right behind
 * an ack, right behind a batch that was sent, and while it starts.
 */
export const survivesKills = (kills: number): Trial => ({
  patience: 60 + kills * SECONDS_A_KILL,
  async check(context) {
    await expectStateFits(context, await survive(context, planKills(context.random, kills)))
  },
})

const FEW = survivesKills(KILLS)

export const crash: readonly Requirement[] = [
  requirement(
    'DUR-003',
    'Crash test (black box)',
    { needs: ['restart', 'http2'], patience: FEW.patience },
    FEW.check,
  ),

  requirement('DUR-009', 'Clean shutdown', { needs: ['restart', 'http2'] }, async (context) => {
    // Told to end under load.
    const stop: ProcessFault = { at: { when: 'acked', count: 20 }, with: 'stop' }
    await survive(context, [stop])
  }),

  requirement('DUR-010', 'No phantom conditions', { needs: ['restart', 'http2'] }, async (context) => {
    // Most appends are refused by a condition, and the target is killed right behind what was sent.
    const kill: ProcessFault = { at: { when: 'sent', count: 12 }, with: 'kill' }
    const mix = { append: 1, conditional: 4, fenced: 4, fence: 3, read: 0, checkTail: 0 }
    const { history } = await survive(context, [kill, kill], { mix })
    const refusals = history.operations.filter(({ got }) => got.outcome.endsWith('-mismatch')).length
    if (refusals === 0) throw new InconclusiveError('no condition was refused')
  }),
]

/** A client that waits no longer gives its session up; what becomes of its batches is unknown, and settled afterwards. */
export const survivesPauses = (pauses: number): Trial => ({
  patience: 60 + pauses * SECONDS_A_KILL,
  async check(context) {
    const blows = Array.from(
      { length: pauses },
      (): ProcessFault => ({
        at: { when: 'sent', count: pickBetween(context.random, 1, 40) },
        with: 'pause',
      }),
    )
    await survive(context, blows, { pauseMilliseconds: 1500, patienceSeconds: 0.5 })
  },
})

async function survive(
  context: CheckContext,
  blows: readonly ProcessFault[],
  options: RecordOptions = {},
): Promise<Recorded> {
  const recorded = await recordBlows(context, blows, options)
  const counts = judgeCrash(context, recorded.history)
  context.record(
    `${howMany(recorded.kills, 'kills')}, ${howMany(recorded.pauses, 'pauses')}, ${describeCounts(counts)}`,
  )
  if (counts.unknown === 0) throw new InconclusiveError('no blow met an append under way')
  return recorded
}

/** The token of the log's last fence is in force, and the number behind the log is the next. */
async function expectStateFits({ expect }: CheckContext, { stream, history }: Recorded): Promise<void> {
  const tokens = new Set(
    history.operations.flatMap(({ did }) => (did.action === 'append' ? [did.fence] : [])),
  )
  const token = history.log.findLast(({ body }) => tokens.has(body))?.body ?? ''
  const other = await stream.append({ ...batch('x'), fencingToken: `not-${token}` })
  expect.refused(other, 412, { fencing_token_mismatch: token })
  const next = BigInt(history.log.length)
  const ack = expect.ok(await stream.append({ ...batch('x'), fencingToken: token, matchSeqNum: next }))
  expect.equal(ack.start.seqNum, next, 'start.seq_num on condition of the tail and the token of the log')
}
