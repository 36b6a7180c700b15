import { row } from '../../catalogue/catalogue.ts'
import type { CheckContext } from '../../context.ts'
import { InconclusiveError } from '../../failures.ts'
import { checkHistory } from '../../history/check-history.ts'
import { describeFinding } from '../../history/finding.ts'
import type { History } from '../../history/operation.ts'
import { pickBetween } from '../../history/random.ts'
import { recordHistory } from '../../history/record-history.ts'
import type { Mix } from '../../history/workload.ts'
import type { Requirement } from '../../requirement.ts'

const CLIENTS = 8
const KILLS = 5
const MIX: Mix = { append: 6, conditional: 2, fenced: 1, fence: 1, read: 2, checkTail: 2 }

/**
 * Clients at work while the target is killed and started again, several times over. What they saw, before and after,
 * must be one linearizable history: nothing acknowledged is lost, torn or renumbered, and no tail goes back.
 */
export const acknowledgedSurvivesKill: Requirement = {
  ...row('DUR-003'),
  needs: ['restart'],
  async check(context) {
    const history = await recordKilled(context)
    const acked = history.operations.filter(({ got }) => got.outcome === 'acked').length
    const judgement = checkHistory(history)
    const { operations, unknown } = judgement.evidence
    context.record(
      `${KILLS} kills, ${operations} operations, ${acked} acknowledged batches, ${unknown} of unknown outcome`,
    )
    const findings = judgement.verdict === 'violated' ? judgement.findings : []
    context.expect.that(
      findings.length === 0,
      'one linearizable history across the kills',
      findings.slice(0, 3).map(describeFinding).join('\n'),
    )
    if (judgement.verdict === 'inconclusive') throw new InconclusiveError(judgement.why)
    if (unknown === 0 || acked < KILLS) throw new InconclusiveError('no kill met an append under way')
  },
}

async function recordKilled(context: CheckContext): Promise<History> {
  const { newStream, random, now } = context
  const stream = await newStream()
  const restarts = new Restarts(context)
  const [history] = await Promise.all([
    recordHistory({
      streams: (['json', 'protobuf', 's2s'] as const).map((transport) => stream.over(transport)),
      clients: CLIENTS,
      mix: MIX,
      random,
      now,
      more: () => !restarts.over,
      recovered: () => restarts.last,
    }),
    restarts.run(),
  ])
  return history
}

/** Kills at random moments; clients that lost their answer wait for the restart under way. */
class Restarts {
  readonly #context: CheckContext
  /** Set too when a restart fails, so that the clients end. */
  over: boolean = false
  last: Promise<void> = Promise.resolve()

  constructor(context: CheckContext) {
    this.#context = context
  }

  async run(): Promise<void> {
    const { lifecycle, random, sleep } = this.#context
    try {
      for (let kill = 0; kill < KILLS; kill++) {
        await sleep(pickBetween(random, 50, 400))
        this.last = lifecycle.kill().then(() => lifecycle.start())
        await this.last
      }
      await sleep(100)
    } finally {
      this.over = true
    }
  }
}
