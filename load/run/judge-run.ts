import type { FaultFigures, GeneratorFigures, LoadVerdict } from '../../reports/load/result.ts'
import { valueAt } from '../measure/counts.ts'
import type { Counts } from '../measure/recorder.ts'
import type { Workload } from '../workload/workload.ts'

/** What the verdict on a run is made from. */
export interface Evidence {
  readonly workload: Workload
  readonly response: Counts
  readonly lag: Counts
  readonly generator: GeneratorFigures
  readonly ackedPerSecond: number
  readonly plannedPerSecond: number | undefined
  readonly unfinished: number
  readonly unknown: number
  readonly refused: number
  readonly interrupted: boolean
  readonly faults: readonly FaultFigures[]
}

/** One reason to doubt; a run is as bad as the worst of them. */
export interface Doubt {
  readonly verdict: Exclude<LoadVerdict, 'VALID'>
  readonly why: string
}

/** What the numbers are worth. */
export function judgeRun(evidence: Evidence): {
  readonly verdict: LoadVerdict
  readonly reasons: readonly string[]
} {
  const doubts = DOUBTS.flatMap((doubt) => doubt(evidence) ?? [])
  const worst = doubts.some(({ verdict }) => verdict === 'INVALID') ? 'INVALID' : 'SUSPECT'
  return { verdict: doubts.length === 0 ? 'VALID' : worst, reasons: doubts.map(({ why }) => why) }
}

type Look = (evidence: Evidence) => Doubt | undefined

/** The generator may be this late, or a tenth of what it measures, whichever is more. */
const LATE_US = 1000
/** And it is worth nothing where it is this much of what it measures. */
const TOO_LATE = 0.5
const FEW = 100
const BUSY = 0.9
const COLLECTING = 0.05
const STALLED = 0.05
const SHORT = 0.99

const nothingMeasured: Look = ({ response }) =>
  response.count === 0 ? { verdict: 'INVALID', why: 'no append ended in the measured time' } : undefined

const fewSamples: Look = ({ response }) =>
  response.count > 0 && response.count < FEW
    ? { verdict: 'SUSPECT', why: `${response.count} appends are few: give it more seconds or a higher rate` }
    : undefined

/** Begun later than planned although there was room: by the generator itself. */
const late: Look = ({ lag, response }) => {
  const p99 = valueAt(lag, 0.99)
  const measured = valueAt(response, 0.99) ?? 0
  if (p99 === undefined || p99 <= Math.max(LATE_US, measured / 10)) return undefined
  const why = `the generator began 1 % of the appends ${milliseconds(p99)} or more behind the plan`
  return { verdict: p99 > measured * TOO_LATE ? 'INVALID' : 'SUSPECT', why }
}

const busy: Look = ({ generator, workload }) => {
  const most = Math.max(0, ...generator.threads.map((thread) => thread.busy))
  // A thread that spins is always busy; what it cannot keep up with shows as lag.
  const spins = workload.appends.arrival.kind === 'open' && workload.pacing !== 'timer'
  return most > BUSY && !spins
    ? {
        verdict: 'SUSPECT',
        why: `a thread of the generator was busy ${percent(most)} of the time: this may be its ceiling and not the target's`,
      }
    : undefined
}

const collecting: Look = ({ generator, workload }) => {
  const total = Math.max(0, ...generator.threads.map(({ collectedUs }) => collectedUs))
  const part = total / 1e6 / (workload.seconds + workload.warmupSeconds)
  return part > COLLECTING
    ? { verdict: 'SUSPECT', why: `the generator collected garbage ${percent(part)} of the time` }
    : undefined
}

const longPause: Look = ({ generator, response }) => {
  const longest = Math.max(0, ...generator.threads.map(({ loopDelayMostUs }) => loopDelayMostUs))
  const measured = Math.max(10 * LATE_US, valueAt(response, 0.999) ?? 0)
  return longest > measured
    ? { verdict: 'SUSPECT', why: `the generator stood still for ${milliseconds(longest)} once` }
    : undefined
}

const stalled: Look = ({ generator }) =>
  generator.stalled > STALLED
    ? {
        verdict: 'SUSPECT',
        why: `appends waited for an HTTP/2 window ${percent(generator.stalled)} of the time: the target gives too little of it, or more connections are needed`,
      }
    : undefined

const behindPlan: Look = ({ ackedPerSecond, plannedPerSecond }) =>
  plannedPerSecond !== undefined && ackedPerSecond < plannedPerSecond * SHORT
    ? {
        verdict: 'SUSPECT',
        why: `${ackedPerSecond.toFixed(1)} appends/s were acknowledged of ${plannedPerSecond.toFixed(1)} planned: the target is beyond its capacity, and latencies depend on how long the run was`,
      }
    : undefined

const unfinished: Look = ({ unfinished }) =>
  unfinished > 0
    ? {
        verdict: 'SUSPECT',
        why: `${unfinished} appends had not ended long after the plan; they count with the time they had taken by then`,
      }
    : undefined

const failed: Look = ({ unknown, refused }) =>
  unknown + refused > 0
    ? {
        verdict: 'SUSPECT',
        why: `${refused} appends were refused and ${unknown} ended in nobody knows what; their times count like those of the others`,
      }
    : undefined

const noFault: Look = ({ faults, interrupted }) => {
  const [first] = faults.filter(({ firedAt }) => firedAt === undefined)
  return first === undefined || interrupted
    ? undefined
    : { verdict: 'INVALID', why: `"${first.what}" did not happen: ${first.met}` }
}

/** A fault may come this much later than planned. */
const LATE_FAULT_SECONDS = 0.25

const lateFault: Look = ({ faults }) => {
  const late = ({ firedAt = 0, plannedAt }: FaultFigures): number => firedAt - plannedAt
  const first = faults.find((fault) => late(fault) > LATE_FAULT_SECONDS)
  return first === undefined
    ? undefined
    : { verdict: 'SUSPECT', why: `"${first.what}" came ${late(first).toFixed(2)} s late` }
}

const noRecovery: Look = ({ faults, interrupted }) => {
  const first = faults.find(({ firedAt, recoveredAt }) => firedAt !== undefined && recoveredAt === undefined)
  return first === undefined || interrupted
    ? undefined
    : {
        verdict: 'SUSPECT',
        why: `the load had not recovered from "${first.what}" when it ended: give it more seconds`,
      }
}

const cutShort: Look = ({ interrupted }) =>
  interrupted ? { verdict: 'SUSPECT', why: 'interrupted: this is what there was until then' } : undefined

const DOUBTS: readonly Look[] = [
  nothingMeasured,
  fewSamples,
  late,
  longPause,
  busy,
  collecting,
  stalled,
  behindPlan,
  unfinished,
  failed,
  noFault,
  lateFault,
  noRecovery,
  cutShort,
]

const milliseconds = (microseconds: number): string => `${(microseconds / 1000).toFixed(1)} ms`
const percent = (part: number): string => `${(part * 100).toFixed(0)} %`
