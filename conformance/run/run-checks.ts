import type { RunTarget } from '../../client/run/run-target.ts'
import type { Transport } from '../../client/transport.ts'
import type { Clock } from '../../kit/clock.ts'
import { messageOf } from '../../kit/message-of.ts'
import { runPool } from '../../kit/pool.ts'
import { createRandom, shuffle } from '../../kit/random.ts'
import { RunEnded } from '../../kit/run-ended.ts'
import type { RequirementResult } from '../../reports/result.ts'
import type { JudgedProfile } from '../check/profile.ts'
import type { Requirement } from '../check/requirement.ts'
import { waitOf } from './costs.ts'
import { describeAbsence, mergeChecks } from './merge-checks.ts'
import { type Check, type CheckResult, type ConnectionsOf, runCheck } from './run-check.ts'

export interface RunChecksOptions {
  readonly seed: number
  readonly concurrency: number
  readonly clock: Clock
  /** Only the first transport of each row. */
  readonly firstTransportOnly: boolean
  readonly profile: JudgedProfile
  /** Whether generated cases may be many. */
  readonly thorough: boolean
  /** The connections of each check; absent, those of the run. */
  readonly connectionsOf?: ConnectionsOf
  /** Ends the run: what is under way is given up, what has not begun is inconclusive. */
  readonly signal: AbortSignal
  /** Writes a file for whoever looks into a failure, and says where it is. */
  readonly keep: (name: string, content: string) => Promise<string>
  readonly onStart: (check: Check) => void
  readonly onResult: (result: RequirementResult) => void
}

/** Checks that mostly wait run beside the others, the longest first, this many for each place that the concurrency gives. */
const WAITING_FACTOR = 4

/** Judges the target by these requirements; one result for each, in their order. Never throws for what a check does. */
export async function runChecks(
  target: RunTarget,
  requirements: readonly Requirement[],
  options: RunChecksOptions,
): Promise<readonly RequirementResult[]> {
  const results = new Map<string, RequirementResult>()
  const finish = (result: RequirementResult): void => {
    results.set(result.id, result)
    options.onResult(result)
  }
  const pending: Pending[] = []
  for (const requirement of requirements) {
    const absence = describeAbsence(requirement, target)
    if (absence === undefined)
      pending.push({ requirement, transports: transportsOf(requirement, options), done: [] })
    else finish(absence)
  }
  const left = await runAll(target, pending, options, finish)
  for (const row of left) finish(await conclude(row, options))
  return requirements.flatMap(({ id }) => results.get(id) ?? [])
}

/** A row whose checks are not all done yet. */
interface Pending {
  readonly requirement: Requirement
  readonly transports: readonly Transport[]
  readonly done: CheckResult[]
}

interface Job extends Check {
  readonly row: Pending
}

/** Returns the rows that were not finished. */
async function runAll(
  target: RunTarget,
  pending: readonly Pending[],
  options: RunChecksOptions,
  finish: (result: RequirementResult) => void,
): Promise<readonly Pending[]> {
  const { seed, concurrency, signal } = options
  const jobs = shuffle(pending, createRandom(seed)).flatMap((row) =>
    row.transports.map((transport): Job => ({ row, transport, requirement: row.requirement })),
  )
  const unfinished = new Set(pending)
  const work = async (job: Job): Promise<void> => {
    const { row } = job
    options.onStart(job)
    row.done.push(await runCheck(target, job, options))
    if (row.done.length < row.transports.length) return
    unfinished.delete(row)
    finish(await conclude(row, options))
  }
  const together = jobs.filter((job) => !runsAlone(job))
  const waitFor = (job: Job): number => waitOf(job.requirement, options.firstTransportOnly)
  const waiting = together
    .filter((job) => waitFor(job) > 0)
    .toSorted((left, right) => waitFor(right) - waitFor(left))
  const busy = together.filter((job) => waitFor(job) === 0)
  await Promise.all([
    runPool(waiting, concurrency * WAITING_FACTOR, signal, work),
    runPool(busy, concurrency, signal, work),
  ])
  await runPool(jobs.filter(runsAlone), 1, signal, async (job) => {
    await work(job)
    await revive(target, signal)
  })
  return [...unfinished]
}

async function conclude(
  { requirement, transports, done }: Pending,
  options: RunChecksOptions,
): Promise<RequirementResult> {
  const { reason } = options.signal
  const ended = reason instanceof RunEnded ? reason : undefined
  const result = mergeChecks(requirement, transports, done, ended)
  if (result.verdict === 'pass') return result
  const files: string[] = []
  const lost: string[] = []
  for (const { transport, attachments } of done) {
    for (const { name, content } of attachments) {
      const file = `${requirement.id}-${transport}-${name}`
      try {
        files.push(await options.keep(file, content))
      } catch (error) {
        lost.push(`${file} could not be written: ${messageOf(error)}`)
      }
    }
  }
  const observations = [...result.observations, ...lost]
  return { ...result, observations, ...(files.length > 0 && { files }) }
}

/** A check that fails may leave the target dead or paused; the next one must not pay for that. */
async function revive({ launcher }: RunTarget, signal: AbortSignal): Promise<void> {
  if (launcher.kind === 'attached') return
  launcher.storage?.set({ mode: 'normal' })
  await launcher.continue()
  // If it does not come up, the next request says so, and the report what became of it.
  await launcher.start(signal).catch(() => {})
}

const ALONE: ReadonlySet<string> = new Set(['restart', 'storage', 'power-cut'])

/** What kills the target, stalls its storage or changes its account, must not meet a check that knows nothing of it. */
const runsAlone = ({ requirement: { needs, changesAccount } }: Check): boolean =>
  needs.some((need) => ALONE.has(need)) || changesAccount === true

function transportsOf({ on = ['json'] }: Requirement, options: RunChecksOptions): readonly Transport[] {
  return options.firstTransportOnly ? on.slice(0, 1) : on
}
