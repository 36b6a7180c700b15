import { outcomeOf, type RequirementResult, type RunResult, summarize } from '../../reports/result.ts'
import type { Connections } from '../target/exchange.ts'
import type { Launcher } from '../target/launch/launcher.ts'
import { createLedger } from '../target/ledger.ts'
import { createRedactor } from '../target/redact.ts'
import { createHttp1 } from '../target/wire/http1.ts'
import { createHttp2 } from '../target/wire/http2.ts'
import { cleanUp } from './clean-up.ts'
import type { Clock } from './clock.ts'
import { applyExpectations, type Expectations } from './expectations.ts'
import { Interrupted } from './judge.ts'
import { notRun } from './merge-checks.ts'
import { prepareTarget } from './prepare-target.ts'
import { runChecks } from './run-checks.ts'
import type { RunTarget } from './run-target.ts'
import type { Selection } from './selection.ts'
import { hearStrays } from './strays.ts'

export interface RunPlan {
  readonly selection: Selection
  readonly expectations: Expectations
  readonly profile: string
  readonly token: string | undefined
  readonly seed: number
  readonly concurrency: number
  readonly firstTransportOnly: boolean
  /** Six or more of a-z0-9, in every name that the run makes. */
  readonly runId: string
  readonly version: string
}

/** What goes on, for whoever draws progress. */
export interface RunEvents {
  onTarget(target: RunTarget, total: number): void
  onStart(id: string): void
  onResult(result: RequirementResult): void
}

export interface RunSurroundings {
  readonly launcher: Launcher
  readonly clock: Clock
  readonly started: Date
  /** Aborted when the user has had enough. */
  readonly interrupted: AbortSignal
  readonly events: RunEvents
  readonly keep: (name: string, content: string) => Promise<string>
}

/** Longest wait for the answer to one request, in seconds. */
const REQUEST_SECONDS = 20

/**
 * Judges the launched target and cleans up after itself, also when it is interrupted or something throws. Throws
 * `UnusableTargetError` when there is nothing to judge.
 */
export async function runSuite(plan: RunPlan, surroundings: RunSurroundings): Promise<RunResult> {
  const { launcher, clock, events, started } = surroundings
  const redactor = createRedactor([plan.token])
  const ledger = createLedger(plan.runId)
  const connections: Connections = {
    endpoints: launcher.endpoints,
    token: plan.token,
    http1: createHttp1(),
    http2: createHttp2(),
    requestSeconds: REQUEST_SECONDS,
  }
  const end = stopSignal(surroundings)
  const begun = performance.now()
  const notes: string[] = []
  const strays = hearStrays()
  try {
    let target: RunTarget
    let results: readonly RequirementResult[]
    try {
      target = await prepareTarget({ connections, launcher, ledger, redactor, clock, signal: end.signal })
      events.onTarget(target, plan.selection.selected.length)
      results = await runChecks(target, plan.selection.selected, {
        ...plan,
        clock,
        signal: end.signal,
        keep: surroundings.keep,
        onStart: ({ requirement }) => events.onStart(requirement.id),
        onResult: events.onResult,
      })
    } finally {
      end.release()
      notes.push(...(await cleanUp(connections, ledger, redactor)))
    }
    if (launcher.death !== undefined) notes.push(redactor.text(`the target died: ${launcher.death}`))
    if (surroundings.interrupted.aborted) notes.push('the run was interrupted: the result is partial')
    const stray = strays.note()
    if (stray !== undefined) notes.push(redactor.text(stray))
    const about = { notes, started, ms: performance.now() - begun, isLoose: stray !== undefined }
    return report(plan, target, results, about)
  } finally {
    await Promise.all([connections.http1.close(), connections.http2.close()])
    strays.stop()
  }
}

/** Aborts when the user interrupts, with the reason that the judge knows. */
function stopSignal({ interrupted }: RunSurroundings): { signal: AbortSignal; release(): void } {
  const stop = new AbortController()
  const abort = (): void => stop.abort(new Interrupted())
  if (interrupted.aborted) abort()
  interrupted.addEventListener('abort', abort, { once: true })
  return { signal: stop.signal, release: () => interrupted.removeEventListener('abort', abort) }
}

function report(
  plan: RunPlan,
  target: RunTarget,
  judged: readonly RequirementResult[],
  about: {
    readonly notes: readonly string[]
    readonly started: Date
    readonly ms: number
    /** Something was rejected that belongs to no result; it may have been a finding. */
    readonly isLoose: boolean
  },
): RunResult {
  const { results: ran, stale: passed } = applyExpectations(judged, plan.expectations)
  // A row that passes on its first transport may still fail on the next one.
  const stale = plan.firstTransportOnly ? [] : passed
  const skipped = plan.selection.unselected.map(({ requirement, why }) =>
    notRun(requirement, 'not-selected', why),
  )
  const results = [...ran, ...skipped].toSorted((left, right) => (left.id < right.id ? -1 : 1))
  const summary = summarize(results)
  const outcome = outcomeOf(summary, stale)
  return {
    suite: { name: 's2-conformance', version: plan.version },
    target: {
      endpoint: target.connections.endpoints.label,
      profile: plan.profile,
      ...(target.server !== undefined && { implementation: target.server }),
      capabilities: [...target.capabilities],
    },
    seed: plan.seed,
    started: about.started.toISOString(),
    ms: Math.round(about.ms),
    summary,
    outcome: about.isLoose && outcome === 'conformant' ? 'inconclusive' : outcome,
    stale,
    notes: about.notes,
    results,
  }
}
