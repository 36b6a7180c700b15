import { ceilingFields } from './calibration-fields.ts'
import { machine, time } from './common-fields.ts'
import { decodeHistogram } from './histogram.ts'
import type {
  AppendFigures,
  CatchUpFigures,
  FaultFigures,
  GeneratorFigures,
  Integrity,
  Interval,
  Latency,
  LatencyName,
  LoadResult,
  PhaseFigures,
  Progress,
  Quantiles,
  ReadFigures,
  SecondOpinion,
  ThreadFigures,
  WindowsFigures,
} from './result.ts'
import { CULPRITS, FAULT_NAMES, INTEGRITIES, LOAD_VERDICTS } from './result.ts'
import {
  amount,
  count,
  flag,
  isObject,
  LoadReportError,
  listOf,
  object,
  oneOf,
  onlyTrue,
  optional,
  part,
  type Read,
  recordOf,
  text,
} from './shape.ts'

/** Reads what `--json` wrote, and trusts none of it. Throws a `LoadReportError` that names the field. */
export function parseLoadResult(json: string): LoadResult {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw new LoadReportError('it is not JSON')
  }
  if (!isObject(value) || value.format !== 's2-load')
    throw new LoadReportError('it is no result of s2-load: its format is not "s2-load"')
  if (value.version !== 1)
    throw new LoadReportError(`it has version ${JSON.stringify(value.version)}, and version 1 is read here`)
  return loadResult(value, '')
}

/** Data of this many levels; what it means is the workload's business. */
const DEPTH = 8

const workload: Read<object> = (value, at) => {
  if (!isObject(value)) throw new LoadReportError(`${at} is not an object`)
  const isFlat = (each: unknown, depth: number): boolean =>
    typeof each !== 'object' ||
    each === null ||
    (depth > 0 && Object.values(each).every((inner) => isFlat(inner, depth - 1)))
  if (!isFlat(value, DEPTH)) throw new LoadReportError(`${at} is nested more than ${DEPTH} levels deep`)
  return value
}

const integrity: Read<Integrity> = object<Integrity>({
  verdict: oneOf(INTEGRITIES),
  recordsRead: count,
  readers: count,
  violations: recordOf(count),
  first: listOf(
    object<Integrity['first'][number]>({ anomaly: text, stream: text, seqNum: count, what: text }),
  ),
  notes: listOf(text),
})

const appends: Read<AppendFigures> = object<AppendFigures>({
  seconds: amount,
  acked: count,
  perSecond: object<AppendFigures['perSecond']>({ appends: amount, records: amount, bytes: amount }),
  plannedPerSecond: optional(amount),
  progress: optional(object<Progress>({ due: count, acked: count })),
  refused: count,
  unknown: count,
  unfinished: count,
  untimed: optional(count),
  heldBack: count,
  waited: optional(object<NonNullable<AppendFigures['waited']>>({ count, us: amount })),
  endings: recordOf(count),
})

const readAmounts = { seconds: amount, records: count, bytes: count } as const
const readRate = object<ReadFigures['perSecond']>({ records: amount, bytes: amount })
const reads: Read<ReadFigures> = object<ReadFigures>({ ...readAmounts, perSecond: readRate })
const catchUp: Read<CatchUpFigures> = object<CatchUpFigures>({
  ...readAmounts,
  perSecond: optional(readRate),
})

const latencyFields: Read<Latency> = object<Latency>({
  count,
  mean: amount,
  least: count,
  greatest: count,
  quantiles: recordOf(count, /^p\d{1,2}(\.\d+)?$/),
  clipped: count,
  histogram: text,
})

const latency: Read<Latency> = (value, at) => {
  const read = latencyFields(value, at)
  const refuse = (why: string): LoadReportError => new LoadReportError(`${at}.histogram: ${why}`)
  let counted: number
  try {
    counted = decodeHistogram(read.histogram).totalCount
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error))
  }
  if (counted !== read.count) throw refuse(`it holds ${counted} values, and count says ${read.count}`)
  return read
}

const quantiles: Read<Quantiles> = object<Quantiles>({ p50: count, p99: count, greatest: count })

const phase: Read<PhaseFigures> = object<PhaseFigures>({
  seconds: amount,
  appends: amount,
  failed: optional(count),
  response: optional(quantiles),
})

const fault: Read<FaultFigures> = object<FaultFigures>({
  what: text,
  kind: oneOf(FAULT_NAMES),
  plannedAt: amount,
  firedAt: optional(amount),
  endedAt: optional(amount),
  recoveredAt: optional(amount),
  met: text,
  refused: count,
  unknown: count,
  longestGapUs: amount,
  firstAckUs: optional(amount),
  before: optional(phase),
  during: optional(phase),
  after: optional(phase),
})

const interval: Read<Interval> = object<Interval>({
  at: amount,
  appends: amount,
  bytes: amount,
  records: amount,
  read: amount,
  response: optional(quantiles),
  e2e: optional(quantiles),
})

const series: Read<readonly Interval[]> = (value, at) => {
  const read = listOf(interval)(value, at)
  const back = read.findIndex((each, index) => each.at < (read[index - 1]?.at ?? 0))
  if (back > 0) throw new LoadReportError(`${at}[${back}].at is before that of the interval before`)
  return read
}

const windowPair: Read<WindowsFigures['ours']> = object<WindowsFigures['ours']>({
  stream: count,
  connection: count,
})

const windows: Read<WindowsFigures> = object<WindowsFigures>({
  ours: windowPair,
  theirs: windowPair,
  leastLeft: count,
  grown: count,
  blocked: object<WindowsFigures['blocked']>({
    byConnectionMs: amount,
    byStreamMs: amount,
    stretches: count,
    longestMs: amount,
  }),
  oursTaken: part,
})

const thread: Read<ThreadFigures> = object<ThreadFigures>({
  busy: part,
  loopDelayP99Us: amount,
  loopDelayMostUs: amount,
  stoodStillUs: optional(amount),
  collections: count,
  collectedUs: amount,
  longestCollectionUs: amount,
  waitedUs: optional(amount),
})
const threads: Read<readonly ThreadFigures[]> = listOf(thread)

const generator: Read<GeneratorFigures> = object<GeneratorFigures>({
  threads,
  catchUpThreads: optional(threads),
  proxyThread: optional(thread),
  stalled: part,
  windows: optional(windows),
  machineBusy: part,
  stolen: optional(part),
})

const secondOpinion: Read<SecondOpinion> = object<SecondOpinion>({
  tool: text,
  count,
  perSecond: amount,
  failed: count,
  mean: count,
  greatest: count,
  quantiles: recordOf(count, /^p\d{1,2}(\.\d+)?$/),
})

const latencies: Read<LoadResult['latencies']> = object<Readonly<Partial<Record<LatencyName, Latency>>>>({
  response: optional(latency),
  service: optional(latency),
  lag: optional(latency),
  e2e: optional(latency),
  'check-tail': optional(latency),
})

const loadResult: Read<LoadResult> = object<LoadResult>({
  format: oneOf(['s2-load']),
  version: oneOf([1]),
  tool: text,
  started: time,
  startAt: optional(time),
  target: object<LoadResult['target']>({
    label: text,
    server: optional(text),
    launch: optional(text),
    cpuSeconds: optional(amount),
  }),
  machines: listOf(machine, 1),
  workload,
  summary: text,
  verdict: oneOf(LOAD_VERDICTS),
  reasons: listOf(text),
  reasonsOf: optional(listOf(oneOf(CULPRITS))),
  sharedMachine: optional(onlyTrue),
  interrupted: flag,
  integrity,
  faults: optional(listOf(fault)),
  appends,
  tail: optional(reads),
  catchUp: optional(catchUp),
  readEndings: optional(recordOf(count)),
  latencies,
  series,
  generator,
  secondOpinion: optional(secondOpinion),
  ceiling: optional(ceilingFields),
})
