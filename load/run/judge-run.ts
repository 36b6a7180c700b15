import type { Culprit, LoadVerdict, ThreadFigures } from '../../reports/load/result.ts'
import { percent, readEndingWords } from '../../reports/load/words.ts'
import { isTold, valueAt } from '../measure/counts.ts'
import { quantileName } from '../measure/latency.ts'
import { FAULT_DOUBTS } from './doubt-faults.ts'
import type { Evidence, Look } from './evidence.ts'
import { beyondOf, JUDGED, latenesses } from './lateness.ts'
import { isBehind } from './progress.ts'
import { tolerance } from './tolerance.ts'

/** What the numbers are worth. */
export function judgeRun(evidence: Evidence): {
  readonly verdict: LoadVerdict
  readonly reasons: readonly string[]
  /** Of each of the reasons, whose doing it is; absent where there are none. */
  readonly reasonsOf?: readonly Culprit[]
  /** There are reasons, and all of them are of the machine. */
  readonly sharedMachine?: true
} {
  const doubts = DOUBTS.flatMap((doubt) => doubt(evidence) ?? [])
  const worst = doubts.some(({ verdict }) => verdict === 'INVALID') ? 'INVALID' : 'SUSPECT'
  return {
    verdict: doubts.length === 0 ? 'VALID' : worst,
    reasons: doubts.map(({ why }) => why),
    ...(doubts.length > 0 && { reasonsOf: doubts.map(({ of = 'generator' }) => of) }),
    ...(doubts.length > 0 && doubts.every(({ isOfMachine }) => isOfMachine) && { sharedMachine: true }),
  }
}

/** A figure is worth nothing where the generator was late by this much of it. */
const TOO_LATE = 0.5
/** Parts of the time. */
const STARVED = 0.05
/** Where all took hardly longer than that, so much is one turn of the scheduler and no sign of others. */
const TURN_SECONDS = 0.01
const STOLEN = 0.01
const FEW = 100
const BUSY = 0.9
/** Of a full machine, so little may be another's than the target's. */
const SHARED = 0.1
const COLLECTING = 0.05
const STALLED = 0.05
/** Of its own ceiling, which is only known so well. */
const NEAR = 0.8

const nothingMeasured: Look = ({ response }) =>
  response.count === 0 ? { verdict: 'INVALID', why: 'no append ended in the measured time' } : undefined

/** Of a plan each append has a lag when it begins and a response time when it ends: one of them missing was left out. */
const leftOut: Look = ({ begun, ended, lag, response, workload }) => {
  const timed = workload.appends.arrival.kind === 'open' ? lag.count : response.count
  const missing = begun - ended || timed - response.count
  if (missing === 0) return undefined
  const why =
    missing > 0
      ? `${missing} appends began and are in no figure: the generator lost them`
      : `${-missing} more appends are in the figures than began: the generator counted them twice`
  return { verdict: 'INVALID', why }
}

/** What never began has no figure that could be missed. */
const neverBegan: Look = ({ planned, begun }) => {
  if (planned === undefined || planned === begun) return undefined
  const why =
    planned > begun
      ? `${planned - begun} appends of the plan never began: the generator left them out`
      : `${begun - planned} appends began that were not planned`
  return { verdict: 'INVALID', why }
}

const fewSamples: Look = ({ response }) =>
  response.count > 0 && response.count < FEW
    ? { verdict: 'SUSPECT', why: `${response.count} appends are few: give it more seconds or a higher rate` }
    : undefined

const late: Look = ({ lag, response }) => {
  const found = latenesses(lag, response)
  const [first] = found
  if (first === undefined) return undefined
  const { quantile, beyond, byUs, measuredUs } = first
  const why = `the generator began ${percent(beyond, 2)} of the appends ${milliseconds(byUs)} or more behind the plan, beside a ${quantileName(quantile)} of ${milliseconds(measuredUs)}`
  const isTooLate = found.some((each) => each.byUs > each.measuredUs * TOO_LATE)
  return { verdict: isTooLate ? 'INVALID' : 'SUSPECT', why }
}

/**
 * Whose doing a full machine is: of others, where they took more of it than `SHARED` beside the load and a target that was
 * launched here. A load and its own target that are too much for one machine have nobody to blame.
 */
function fullBy({ generator: { machineBusy }, ownBusy = 0, targetBusy = 0 }: Evidence): Culprit {
  return machineBusy - ownBusy - targetBusy > SHARED ? 'others' : 'generator'
}

/** Ready to run, with no processor free. */
const starved: Look = (evidence) => {
  const { generator, workload, targetBusy } = evidence
  const part = waitedPart(generator.threads, workload.seconds)
  const whose = fullBy(evidence)
  return part > STARVED
    ? {
        verdict: 'SUSPECT',
        isOfMachine: true,
        of: whose,
        why: `a thread of the generator waited for a processor ${percent(part)} of the time: ${sharedWith(targetBusy, whose)}`,
      }
    : undefined
}

function sharedWith(targetBusy: number | undefined, whose: Culprit): string {
  if (targetBusy === undefined) return 'others use this machine'
  return `it shares this machine with the target${whose === 'others' ? ' and others' : ''}`
}

/** Of the thread that waited longest. */
function waitedPart(threads: readonly ThreadFigures[], seconds: number): number {
  const longest = Math.max(0, ...threads.map(({ waitedUs }) => waitedUs ?? 0))
  return longest === 0 ? 0 : longest / 1e6 / seconds
}

/** Readers that catch up take all that they get: what holds them up is the target, unless it is their own thread. */
const caughtUpBusy: Look = ({ generator: { catchUpThreads = [] } }) => {
  const most = Math.max(0, ...catchUpThreads.map((thread) => thread.busy))
  return most > BUSY
    ? {
        verdict: 'SUSPECT',
        why: `a thread of the generator was busy ${percent(most)} of the time that readers caught up: this may be its ceiling and not the target's`,
      }
    : undefined
}

/** All appends have ended by then: they are none the slower. */
const caughtUpStarved: Look = ({ generator: { catchUpThreads = [] }, catchUpSeconds, targetBusy }) => {
  const part = waitedPart(catchUpThreads, catchUpSeconds)
  return part > STARVED && part * catchUpSeconds > TURN_SECONDS
    ? {
        verdict: 'SUSPECT',
        isOfMachine: true,
        why: `a thread of the generator waited for a processor ${percent(part)} of the time that readers caught up: ${sharedWith(targetBusy, 'generator')}`,
      }
    : undefined
}

const robbed: Look = ({ generator: { stolen = 0 } }) =>
  stolen > STOLEN
    ? {
        verdict: 'SUSPECT',
        isOfMachine: true,
        of: 'others',
        why: `this machine is a virtual one, whose host kept ${percent(stolen)} of its processors' time`,
      }
    : undefined

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
  const part = total / 1e6 / workload.seconds
  return part > COLLECTING
    ? { verdict: 'SUSPECT', why: `the generator collected garbage ${percent(part)} of the time` }
    : undefined
}

/**
 * An answer that comes while a thread stands still is noticed when it goes on. Of answers that come evenly as many are late as
 * the standing still is of the time, and most of them where each of its times is as long as the longest. So, as of what begins
 * late: half of those beyond a quantile that is told may be late by more than is tolerated. The response times
 * themselves forgive nothing, as they are longer by just that.
 */
const longPause: Look = ({ generator: { threads }, response, workload: { seconds } }) => {
  const found = JUDGED.flatMap((quantile) => {
    const measuredUs = valueAt(response, quantile)
    if (measuredUs === undefined || !isTold(response, quantile)) return []
    const beyondUs = beyondOf(quantile) * seconds * 1e6 * threads.length
    return threads.flatMap(({ loopDelayMostUs: mostUs, stoodStillUs: allUs = mostUs }) => {
      const lateUs = mostUs * (1 - beyondUs / allUs)
      return lateUs > tolerance(quantile, measuredUs) ? [{ quantile, measuredUs, mostUs, allUs }] : []
    })
  })
  const [first] = found
  return first === undefined
    ? undefined
    : {
        verdict: 'SUSPECT',
        why: `the generator stood still for ${milliseconds(first.allUs)} in all, ${milliseconds(first.mostUs)} at once, beside a ${quantileName(first.quantile)} of ${milliseconds(first.measuredUs)}`,
      }
}

/**
 * Of a full machine the target has what the others leave. In a closed loop that is its rate, and by Little's law its response time
 * too; in an open one it is what its answers wait for. So it is all the same which loop it is, and asked instead whose the
 * machine was: one that the target itself has filled shows what the target can do.
 */
const crowded: Look = (evidence) => {
  const { generator, targetBusy } = evidence
  const { machineBusy } = generator
  const others = machineBusy - (targetBusy ?? 0)
  if (machineBusy <= BUSY || others <= SHARED) return undefined
  const whose =
    targetBusy === undefined
      ? 'with the load, others and what the target has here'
      : `${percent(others)} with the load and others`
  return {
    verdict: 'SUSPECT',
    isOfMachine: true,
    of: fullBy(evidence),
    why: `the machine was busy ${percent(machineBusy)} of the time, ${whose}: this may be its ceiling and not the target's`,
  }
}

/** While a fault holds bytes back they wait, as they should. */
const stalled: Look = ({ generator, faults }) =>
  generator.stalled > STALLED && faults.length === 0
    ? {
        verdict: 'SUSPECT',
        why: `appends waited for an HTTP/2 window ${percent(generator.stalled)} of the time: the target gives too little of it, or more connections are needed`,
      }
    : undefined

/** The target could not answer what it had not been sent. */
const waited: Look = ({ waited, workload: { connections }, faults }) =>
  waited > 0 && faults.length === 0
    ? {
        verdict: 'SUSPECT',
        why: `${waited} appends waited for one before them to leave its connection, of which each thread has ${connections}, and count that in their response times: give more --connections`,
      }
    : undefined

const behindPlan: Look = ({ progress }) =>
  progress !== undefined && isBehind(progress)
    ? {
        verdict: 'SUSPECT',
        of: 'target',
        why: `${progress.acked} appends were acknowledged by the end of the plan of ${progress.due} that were due by then: the target is beyond its capacity, and latencies depend on how long the run was`,
      }
    : undefined

const unfinished: Look = ({ unfinished }) =>
  unfinished > 0
    ? {
        verdict: 'SUSPECT',
        of: 'target',
        why: `${unfinished} appends had not ended long after the plan; they count with the time they had taken by then`,
      }
    : undefined

const failed: Look = ({ unknown, refused }) =>
  unknown + refused > 0
    ? {
        verdict: 'SUSPECT',
        of: 'target',
        why: `${refused} refused and ${unknown} indeterminate appends; their times count like those of the others`,
      }
    : undefined

/** Those of a fault are meant to. */
const readersCut: Look = ({ readEndings, faults }) => {
  const words = readEndingWords(readEndings)
  return words !== undefined && faults.length === 0
    ? {
        verdict: 'SUSPECT',
        of: 'target',
        why: `${words}; end-to-end times contain how long a reader took to begin again`,
      }
    : undefined
}

const tailsFailed: Look = ({ checkTails: { begun, good, failed } }) => {
  if (begun !== good + failed)
    return {
      verdict: 'INVALID',
      why: `${begun - good - failed} requests for a tail began and are in no figure: the generator lost them`,
    }
  return failed > 0
    ? {
        verdict: 'SUSPECT',
        of: 'target',
        why: `${failed} of ${begun} requests for a tail failed; their times count like those of the others`,
      }
    : undefined
}

const nearCeiling: Look = ({ ceiling }) => {
  const near = [
    [ceiling?.load, 'the load took'] as const,
    [ceiling?.catchUp, 'catching up took'] as const,
  ].flatMap(([part = 0, what]) => (part > NEAR ? [`${what} ${percent(part)}`] : []))
  return near.length > 0
    ? {
        verdict: 'SUSPECT',
        why: `${near.join(' and ')} of what this generator can do, as calibrate found it: this may be its ceiling and not the target's`,
      }
    : undefined
}

const cutShort: Look = ({ interrupted }) =>
  interrupted ? { verdict: 'SUSPECT', why: 'interrupted: this is what there was until then' } : undefined

const DOUBTS: readonly Look[] = [
  nothingMeasured,
  leftOut,
  neverBegan,
  fewSamples,
  late,
  starved,
  robbed,
  longPause,
  busy,
  crowded,
  nearCeiling,
  collecting,
  caughtUpBusy,
  caughtUpStarved,
  stalled,
  waited,
  behindPlan,
  unfinished,
  failed,
  readersCut,
  tailsFailed,
  ...FAULT_DOUBTS,
  cutShort,
]

const milliseconds = (microseconds: number): string => `${(microseconds / 1000).toFixed(1)} ms`
