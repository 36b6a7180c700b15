import type { Connections } from '../../client/exchange.ts'
import { InconclusiveError } from '../../client/failures.ts'
import { meteredFaults } from '../../client/faults/metered-faults.ts'
import type { Redactor } from '../../client/redact.ts'
import type { RunTarget } from '../../client/run/run-target.ts'
import { TargetError } from '../../client/target-error.ts'
import { createRecorder, type Transcript } from '../../client/transcript.ts'
import type { Transport } from '../../client/transport.ts'
import { underWatch, type Watch } from '../../client/watch.ts'
import { createMeter, type Meter } from '../../client/wire/meter.ts'
import type { Clock } from '../../kit/clock.ts'
import { createRandom, seedFor } from '../../kit/random.ts'
import type { Traffic } from '../../reports/result.ts'
import type { Timeline } from '../../reports/timeline.ts'
import type { JudgedProfile } from '../check/profile.ts'
import type { Requirement } from '../check/requirement.ts'
import { createAllowance } from './allowance.ts'
import { createContext } from './create-context.ts'
import { type Ending, type Judgement, judge } from './judge.ts'

/** One requirement on one transport: what the runner schedules. */
export interface Check {
  readonly requirement: Requirement
  readonly transport: Transport
}

export interface CheckResult extends Check, Judgement {
  readonly request: string | undefined
  readonly observations: readonly string[]
  /** What the check kept for those who look into a failure. */
  readonly attachments: readonly Attachment[]
  /** The violated histories that it drew. */
  readonly timelines: readonly Timeline[]
  readonly transcript: Transcript
  readonly milliseconds: number
  readonly traffic: Traffic
}

export interface Attachment {
  readonly name: string
  readonly content: string
}

export interface CheckOptions {
  readonly clock: Clock
  readonly seed: number
  readonly profile: JudgedProfile
  /** Whether generated cases may be many. */
  readonly thorough: boolean
  /** Ends the check from outside; its reason decides the verdict. */
  readonly signal: AbortSignal
  /** Sees, and may alter, what comes from the target. */
  readonly watch?: Watch
  /** The connections of a check, wrapped to record its exchanges. */
  readonly connectionsOf?: ConnectionsOf
}

/** The connections that a check uses in place of those of the run. */
export type ConnectionsOf = (check: Check, connections: Connections) => Connections

/** What a check may take beyond the time that its row demands, in seconds, unless it says otherwise. */
export const CHECK_SECONDS = 60

/** Runs a check with a client, a transcript and a deadline of its own. Never throws. */
export async function runCheck(target: RunTarget, check: Check, options: CheckOptions): Promise<CheckResult> {
  const { requirement, transport } = check
  const { clock: deadlines } = target.connections
  const recorder = createRecorder(target.redactor, deadlines.now)
  const observations: string[] = []
  let looks = 0
  const attachments: Attachment[] = []
  const timelines: Timeline[] = []
  const end = new AbortController()
  const signal = AbortSignal.any([options.signal, end.signal])
  const allowance = createAllowance(
    (requirement.seconds ?? 0) + (requirement.patience ?? CHECK_SECONDS),
    deadlines,
    () => end.abort(overtime(allowance.seconds, recorder.overdue())),
  )
  const { meter, metered } = meterOf(target)
  const context = createContext(wrapped(metered, check, options.connectionsOf), {
    transport,
    recorder,
    signal,
    clock: options.clock,
    profile: options.profile,
    thorough: options.thorough,
    random: createRandom(seedFor(options.seed, `${requirement.id}/${transport}`)),
    record: (observation) => void observations.push(target.redactor.text(observation)),
    onLook: () => {
      looks += 1
    },
    allow: (seconds) => allowance.extend(seconds),
    draw: (timeline) => void timelines.push(cleanTimeline(timeline, target.redactor)),
    attach: (name, content) => void attachments.push({ name, content: target.redactor.text(content) }),
    watch: options.watch,
  })

  const started = options.clock.now()
  const thrown = await thrownBy(
    async () => await underWatch(options.watch, () => requirement.check(context)),
    signal,
  )
  const ending: Ending = thrown === undefined ? { ended: 'well', looks } : { ended: 'thrown', ...thrown }
  allowance.stop()
  const milliseconds = options.clock.now() - started
  // Sessions that the check left open end with it.
  end.abort(new Error('the check is over'))

  const { reason, finding, ...judgement } = judge(requirement, ending)
  const request = finding?.request ?? recorder.lastAsked
  // Before the reason is redacted: going through the exchanges is how secrets become known.
  const transcript = judgement.verdict === 'pass' ? NOTHING_TO_SHOW : recorder.transcript(request)
  return {
    requirement,
    transport,
    ...judgement,
    ...(reason !== undefined && { reason: target.redactor.text(reason) }),
    ...(finding !== undefined && { finding: clean(finding, target) }),
    request: request === undefined ? undefined : target.redactor.text(request),
    observations,
    attachments,
    timelines,
    transcript,
    milliseconds,
    traffic: { requests: meter.requests, sent: meter.sent, received: meter.received },
  }
}

const wrapped = (target: RunTarget, check: Check, connectionsOf?: ConnectionsOf): RunTarget =>
  connectionsOf === undefined ? target : { ...target, connections: connectionsOf(check, target.connections) }

/** The target, with what this check asks of it counted apart. */
function meterOf(target: RunTarget): { readonly meter: Meter; readonly metered: RunTarget } {
  const meter = createMeter({}, () => {})
  const { http1, http2, faulty } = target.connections
  const connections = {
    ...target.connections,
    http1: meter.metered(http1),
    http2: meter.metered(http2),
    faulty: meteredFaults(faulty, meter),
  }
  return { meter, metered: { ...target, connections } }
}

const cleanTimeline = ({ title, operations }: Timeline, { text }: Redactor): Timeline => ({
  title: text(title),
  operations: operations.map((operation) => ({
    ...operation,
    label: text(operation.label),
    outcome: text(operation.outcome),
  })),
})

const NOTHING_TO_SHOW: Transcript = { lines: [], curl: undefined }

/** A check that does not listen to its signal is left behind. */
async function thrownBy(
  check: () => Promise<void>,
  signal: AbortSignal,
): Promise<{ readonly error: unknown } | undefined> {
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  try {
    await Promise.race([check(), aborted])
    return undefined
  } catch (error) {
    return { error }
  }
}

/** The check's own deadline is the target's fault only where that keeps it waiting. */
const overtime = (seconds: number, overdue: string | undefined): TargetError | InconclusiveError =>
  overdue === undefined
    ? new InconclusiveError(`the check was not done after ${seconds} s, and the target owed it no answer`)
    : new TargetError('timeout', `the check was not done after ${seconds} s: no answer yet to ${overdue}`)

function clean(
  finding: NonNullable<Judgement['finding']>,
  { redactor }: RunTarget,
): NonNullable<Judgement['finding']> {
  return {
    subject: redactor.text(finding.subject),
    expected: redactor.text(finding.expected),
    actual: redactor.text(finding.actual),
  }
}
