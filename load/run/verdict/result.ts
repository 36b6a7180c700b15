import type { Calibration } from '../../../reports/load/calibration.ts'
import type {
  AppendFigures,
  GeneratorFigures,
  Latency,
  LatencyName,
  LoadResult,
  ReadFigures,
  SecondOpinion,
} from '../../../reports/load/result.ts'
import { LATENCY_NAMES } from '../../../reports/load/result.ts'
import { addCounts } from '../../measure/add-counts.ts'
import { differentOf } from '../../measure/batches.ts'
import type { Numbers } from '../../measure/board.ts'
import { catchUpFigures } from '../../measure/catch-up-rate.ts'
import { SECOND_US } from '../../measure/clock.ts'
import { latencyOf } from '../../measure/latency.ts'
import { createPlan, plannedWithin } from '../../pace/plan.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Load } from '../coordinator/coordinator.ts'
import { numbersSince } from '../coordinator/counter-snapshot.ts'
import { ceilingOf } from './ceiling-of.ts'
import type { Evidence } from './evidence.ts'
import { type ExcusedFailures, excusedFailures } from './excused-failures.ts'
import { faultFigures, lastOf } from './fault-figures.ts'
import { flowControlFigures } from './flow-control-figures.ts'
import { judgeIntegrity } from './integrity.ts'
import { judgeRun } from './judge-run.ts'
import { progressOf } from './progress.ts'
import { tailAnswers } from './tail-answers.ts'
import { thisMachine } from './this-machine.ts'

export interface About {
  readonly tool: string
  readonly started: string
  /** The moment in common that was asked for. */
  readonly startAt?: string | undefined
  readonly label: string
  readonly server: string | undefined
  readonly launch?: string | undefined
  readonly interrupted: boolean
  readonly summary: string
  readonly secondOpinion?: SecondOpinion | undefined
  readonly calibration?: Calibration | undefined
}

/** Makes the figures of a load, and judges them. */
export function resultOf(
  load: Load,
  workload: Workload,
  streams: readonly string[],
  about: About,
): LoadResult {
  const { first, last } = load.measured ?? {}
  const seconds = first === undefined || last === undefined ? 0 : last.at - first.at
  const measured =
    first === undefined || last === undefined ? undefined : numbersSince(first.numbers, last.numbers)
  const appends = appendFigures(load, workload, seconds, measured)
  const cpuSeconds = usedBetween(first?.targetCpu, last?.targetCpu)
  const generator = generatorFigures(load, workload)
  const reads = readsOf(load, seconds, measured)
  const { calibration } = about
  const machine = thisMachine()
  const ceiling =
    calibration &&
    ceilingOf(calibration, { tail: undefined, catchUp: undefined, workload, appends, ...reads })
  const faults = faultFigures(load)
  const excused = excusedFailures(load.faults, lastOf(load))
  const progress = progressIn(load, workload, excused)
  const { counted } = load.end
  const judgement = judgeRun({
    workload,
    ...timedIn(load.end),
    generator,
    faults,
    progress,
    planned: about.interrupted ? undefined : plannedIn(load, workload),
    begun: counted.begun,
    ended: appends.unfinished + appends.unknown + appends.refused + counted.acked,
    unfinished: appends.unfinished,
    ...besideFaults(load, excused, workload),
    readEndings: reads.readEndings ?? {},
    readersGivenUp: givenUpOf(load),
    catchUpSeconds: load.catchUpSeconds,
    ...tailAnswers(load),
    interrupted: about.interrupted,
    ownBusy: load.machine.own,
    targetBusy: cpuSeconds === undefined || seconds === 0 ? undefined : cpuSeconds / (seconds * machine.cpus),
    ceiling,
  })
  return {
    format: 's2-load',
    version: 1,
    tool: about.tool,
    started: about.started,
    ...(about.startAt !== undefined && { startAt: about.startAt }),
    target: targetOf(about, cpuSeconds),
    machines: [machine],
    workload,
    summary: about.summary,
    ...judgement,
    interrupted: about.interrupted,
    integrity: judgeIntegrity(load, streams),
    ...(faults.length > 0 && { faults }),
    appends: { ...appends, ...(progress !== undefined && { progress }) },
    ...reads,
    latencies: latenciesOf(load.end, appends),
    series: load.series,
    generator,
    ...(about.secondOpinion !== undefined && { secondOpinion: about.secondOpinion }),
    ...(ceiling !== undefined && { ceiling }),
  }
}

/** Only what was acknowledged has a service time. */
const timedIn = ({
  timed: { response, lag, service },
  counted: { untimed },
}: Numbers): Pick<Evidence, 'response' | 'lag' | 'acked' | 'untimed'> => ({
  response,
  lag,
  acked: service.count,
  untimed,
})

/** What failed by our own doing is no fault of the target, and is told with it. */
const progressIn = (
  { measured, end }: Load,
  workload: Workload,
  { refused, unknown }: { readonly refused: number; readonly unknown: number },
): Evidence['progress'] =>
  measured &&
  progressOf(workload, {
    at: measured.last.at,
    acked: measured.last.numbers.counted.acked + refused + unknown,
    response: end.timed.response,
  })

/** As the threads reckon, to the last bit: an append more or less is one that was lost or made up. */
function plannedIn(
  { startUs }: Load,
  { appends: { arrival }, seed, warmupSeconds, seconds }: Workload,
): number | undefined {
  if (arrival.kind === 'closed') return undefined
  const plan = createPlan(arrival.rate, seed)
  const untilUs = startUs + warmupSeconds * SECOND_US + seconds * SECOND_US
  for (let index = 0; ; index++) if (startUs + plan.at(index) >= untilUs) return index
}

/** What speaks against a run, and would not where a fault had brought it about. */
function besideFaults(
  { end: { counted } }: Load,
  excused: ExcusedFailures,
  workload: Workload,
): Pick<Evidence, 'refused' | 'unknown' | 'readersCut' | 'waited' | 'heldBack' | 'stalled'> {
  return {
    refused: counted.refused - excused.refused,
    unknown: counted.unknown - excused.unknown,
    readersCut: counted.readersCut - excused.readersCut,
    // What waited only in the warm-up is late in no figure.
    waited: counted.waitedMeasured - excused.waited,
    heldBack: counted.heldBackMeasured - excused.heldBack,
    stalled: stalledBeside(counted, excused, workload),
  }
}

/** Part of the time beside faults that data waited for a window. */
function stalledBeside(
  { samples, stalledSamples }: Numbers['counted'],
  excused: ExcusedFailures,
  { threads }: Workload,
): number {
  const beside = samples - excused.samples
  // A look tells of the time before it: the first one of each thread after a fault is of the fault still.
  const stalled = stalledSamples - excused.stalledSamples - excused.times * threads
  return beside <= 0 ? 0 : Math.max(0, stalled / beside)
}

function givenUpOf({ readers }: Load): Evidence['readersGivenUp'] {
  const givenUp = readers.filter(({ trouble }) => trouble !== undefined)
  const tail = givenUp.filter(({ isTail }) => isTail).length
  return { tail, catchUp: givenUp.length - tail }
}

function generatorFigures(
  { health, catchUpSeconds, catchUpHealth, proxyHealth, end, machine, windows }: Load,
  workload: Workload,
): GeneratorFigures {
  const { samples, stalledSamples } = end.counted
  return {
    threads: health,
    ...(catchUpSeconds > 0 && { catchUpThreads: catchUpHealth }),
    stalled: samples === 0 ? 0 : stalledSamples / samples,
    ...(proxyHealth !== undefined && { proxyThread: proxyHealth }),
    machineBusy: machine.busy,
    ...(machine.stolen !== undefined && { stolen: machine.stolen }),
    windows: flowControlFigures(windows, workload),
  }
}

const targetOf = (
  { label, server, launch }: About,
  cpuSeconds: number | undefined,
): LoadResult['target'] => ({
  label,
  ...(server !== undefined && { server }),
  ...(launch !== undefined && { launch }),
  ...(cpuSeconds !== undefined && { cpuSeconds }),
})

function appendFigures(
  { end, writers }: Load,
  { appends, seed, warmupSeconds, seconds: planned }: Workload,
  seconds: number,
  measured: Numbers | undefined,
): AppendFigures {
  const per = (amount = 0): number => (seconds === 0 ? 0 : amount / seconds)
  const { arrival } = appends
  const whole = warmupSeconds + planned
  const plannedPerSecond =
    arrival.kind === 'open'
      ? (plannedWithin(arrival.rate, seed, whole) - plannedWithin(arrival.rate, seed, warmupSeconds)) /
        planned
      : undefined
  const { refused, unknown, unfinished, untimed, heldBack, waited, waitedUs } = end.counted
  return {
    seconds,
    acked: measured?.counted.acked ?? 0,
    perSecond: {
      appends: per(measured?.counted.acked),
      records: per(measured?.counted.ackedRecords),
      bytes: per(measured?.counted.ackedBytes),
    },
    ...(plannedPerSecond !== undefined && { plannedPerSecond }),
    refused,
    unknown,
    unfinished,
    ...(untimed > 0 && { untimed }),
    heldBack,
    waited: { count: waited, us: waitedUs },
    endings: addCounts(writers.map(({ endings }) => endings)),
  }
}

/** Undefined where it was not told, or the target was started anew meanwhile. */
function usedBetween(before: number | undefined, after: number | undefined): number | undefined {
  if (before === undefined || after === undefined || after < before) return undefined
  // Subtraction makes more digits than there are.
  return Number((after - before).toFixed(6))
}

function readsOf(
  { catchUpSeconds, end: { counted }, readers }: Load,
  seconds: number,
  measured: Numbers | undefined,
): Pick<LoadResult, 'tail' | 'catchUp' | 'readEndings'> {
  const tail = readFigures(seconds, measured?.counted.readRecords ?? 0, measured?.counted.readBytes ?? 0)
  const caughtUp = { seconds: catchUpSeconds, records: counted.caughtUpRecords, bytes: counted.caughtUpBytes }
  const readEndings = addCounts(readers.map(({ endings }) => endings))
  return {
    ...(tail !== undefined && { tail }),
    ...(caughtUp.records > 0 && { catchUp: catchUpFigures(caughtUp) }),
    ...(Object.keys(readEndings).length > 0 && { readEndings }),
  }
}

const readFigures = (seconds: number, records: number, bytes: number): ReadFigures | undefined =>
  seconds === 0 || records === 0
    ? undefined
    : { seconds, records, bytes, perSecond: { records: records / seconds, bytes: bytes / seconds } }

const latenciesOf = (
  { timed }: Numbers,
  appends: Pick<AppendFigures, 'perSecond'>,
): Partial<Record<LatencyName, Latency>> =>
  Object.fromEntries(
    LATENCY_NAMES.flatMap((name) => {
      const counts = timed[name]
      const latency = latencyOf(counts, differentOf(name, counts.count, appends))
      return latency === undefined ? [] : [[name, latency]]
    }),
  )
