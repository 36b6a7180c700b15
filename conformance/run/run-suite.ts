import { createInventory } from '../../client/inventory.ts'
import type { Launcher } from '../../client/launch/launcher.ts'
import { createRedactor } from '../../client/redact.ts'
import { cleanUp } from '../../client/run/clean-up.ts'
import { leftoverResources } from '../../client/run/leftovers.ts'
import { type ConnectionOptions, openConnections } from '../../client/run/open-connections.ts'
import { prepareTarget } from '../../client/run/prepare-target.ts'
import type { RunTarget } from '../../client/run/run-target.ts'
import { stopSignal } from '../../client/run/stop-signal.ts'
import type { Meter } from '../../client/wire/meter.ts'
import type { Clock } from '../../kit/clock.ts'
import { RunEnded } from '../../kit/run-ended.ts'
import { outcomeOf, type RequirementResult, type RunResult, summarize } from '../../reports/result.ts'
import { withTexts } from '../../reports/texts.ts'
import { areaTitles } from '../catalogue/area-titles.ts'
import type { JudgedProfile } from '../check/profile.ts'
import { applyExpectations, type Expectations } from './expectations.ts'
import { unselectedResult } from './merge-checks.ts'
import type { ConnectionsOf } from './run-check.ts'
import { runChecks } from './run-checks.ts'
import type { Selection } from './selection.ts'
import { trackUnhandledRejections } from './unhandled-rejections.ts'

export interface RunPlan extends ConnectionOptions {
  readonly selection: Selection
  readonly expectations: Expectations
  readonly profile: JudgedProfile
  readonly seed: number
  readonly concurrency: number
  readonly firstTransportOnly: boolean
  /** Whether generated cases may be many. */
  readonly thorough: boolean
  /** The connections of each check; absent, those of the run. */
  readonly connectionsOf?: ConnectionsOf
  /** The options that name the target on a command line. */
  readonly targetOptions?: string
  /** Those that say what of it is judged, and how. */
  readonly choice?: string
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
  /** Told what stays if the process ends at once, until what is returned is called. */
  readonly leaves?: ((tell: () => string | undefined) => () => void) | undefined
  readonly events: RunEvents
  readonly keep: (name: string, content: string) => Promise<string>
}

/**
 * Judges the launched target and cleans up after itself, also when it is interrupted or something throws. Throws
 * `UnusableTargetError` when there is nothing to judge.
 */
export async function runSuite(plan: RunPlan, surroundings: RunSurroundings): Promise<RunResult> {
  const { launcher, clock, events, started } = surroundings
  const redactor = createRedactor([plan.token])
  const inventory = createInventory(plan.runId)
  const end = stopSignal(surroundings.interrupted)
  const { connections, meter, notes: wayNotes, close } = openConnections(launcher, clock, plan, end.end)
  const forget = surroundings.leaves?.(() => leftoverResources(launcher, inventory, connections.only))
  const begun = clock.now()
  const notes = [...wayNotes]
  const strays = trackUnhandledRejections()
  try {
    let target: RunTarget
    let results: readonly RequirementResult[]
    try {
      target = await prepareTarget({ connections, launcher, inventory, redactor, signal: end.signal })
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
      notes.push(...(await cleanUp(connections, inventory, redactor)))
    }
    if (launcher.death !== undefined) notes.push(redactor.text(`the target died: ${launcher.death}`))
    const { reason } = end.signal
    if (reason instanceof RunEnded) notes.push(`${reason.message}: the result is partial`)
    const stray = strays.note()
    if (stray !== undefined) notes.push(redactor.text(stray))
    const about = { notes, meter, started, ms: clock.now() - begun, isLoose: stray !== undefined }
    return report(plan, target, results, about)
  } finally {
    await close()
    forget?.()
    strays.stop()
  }
}

function report(
  plan: RunPlan,
  target: RunTarget,
  judged: readonly RequirementResult[],
  about: {
    readonly notes: readonly string[]
    readonly started: Date
    readonly ms: number
    readonly meter: Meter
    /** Something was rejected that belongs to no result; it may have been a finding. */
    readonly isLoose: boolean
  },
): RunResult {
  const { meter } = about
  const { results: ran, stale: passed } = applyExpectations(judged, plan.expectations)
  // A row that passes on its first transport may still fail on the next one.
  const stale = plan.firstTransportOnly ? [] : passed
  const skipped = plan.selection.unselected.map(({ requirement, why }) =>
    unselectedResult(requirement, 'not-selected', why),
  )
  // Once more, for what was told before it was known to be a secret.
  const cleaned = ran.map((result) => withTexts(result, target.redactor.text))
  const results = [...cleaned, ...skipped].toSorted((left, right) => (left.id < right.id ? -1 : 1))
  const summary = summarize(results)
  const outcome = outcomeOf(summary, stale)
  return {
    format: 2,
    suite: { name: 's2-conformance', version: plan.version },
    target: {
      endpoint: target.connections.endpoints.label,
      profile: plan.profile,
      ...(target.server !== undefined && { implementation: target.server }),
      capabilities: [...target.capabilities].toSorted(),
      options: target.redactor.text(plan.targetOptions ?? ''),
    },
    seed: plan.seed,
    ...(plan.choice !== undefined && plan.choice !== '' && { choice: target.redactor.text(plan.choice) }),
    started: about.started.toISOString(),
    ms: Math.round(about.ms),
    summary,
    outcome: about.isLoose && outcome === 'conformant' ? 'inconclusive' : outcome,
    stale,
    notes: about.notes.map(target.redactor.text),
    traffic: { requests: meter.requests, sent: meter.sent, received: meter.received },
    areas: areaTitles,
    results,
  }
}
