import { once } from 'node:events'
import type { Interval } from '../../../reports/load/result.ts'
import {
  type FaultEffect,
  type LoadSnapshot,
  type PlayedFault,
  type Progress,
  runFaultSchedule,
} from '../../faults/fault-schedule.ts'
import { commonGaps, type Gap, gapsIn } from '../../faults/gap-log.ts'
import type { Watched } from '../../faults/start-proxy.ts'
import { BOARD_BYTES, Board, type Counted, type Numbers } from '../../measure/board.ts'
import { createNow, SECOND_US } from '../../measure/clock.ts'
import { merge } from '../../measure/counts.ts'
import { type MachineUse, machineTimes, usedSince } from '../../measure/machine-use.ts'
import { Trace, traceBytes } from '../../measure/trace.ts'
import type { Health } from '../../measure/watch-health.ts'
import { waitUntil } from '../../pace/wait-until.ts'
import type { WindowFigures } from '../../transport/window-audit.ts'
import type { Fault } from '../../workload/fault.ts'
import type { Workload } from '../../workload/workload.ts'
import { forEachLimited } from '../engine/for-each-limited.ts'
import type { ReaderReport, ReadSoFar, StreamLocation, Without, WriterReport } from '../engine/messages.ts'
import type { Tail } from '../engine/tail.ts'
import { addNumbers } from './counter-snapshot.ts'
import { intervalOf } from './interval.ts'
import { createMoments, type LiveMoment, type LiveMoments } from './live-moment.ts'
import { LoadError } from './load-error.ts'
import { samplingTimes } from './sampling-times.ts'
import { type EngineThread, startThread } from './threads.ts'
import type { Tick } from './tick.ts'

export interface LoadParts {
  readonly workload: Workload
  readonly place: StreamLocation
  readonly streams: readonly string[]
  readonly tag: number
  /** When the plan begins, in milliseconds since 1970; as soon as all is ready where it is not said. */
  readonly startAtMs?: number
  /** How many appends of each thread are wanted one by one, in order of their ends; none by default. */
  readonly traced?: number
  readonly without?: Without
  /** Aborted to end the plan early; what was measured until then counts. */
  readonly interrupted: AbortSignal
  /** Called about every second of the load with what there is so far. */
  onTick(tick: Tick): void
  /** Called twice a second with how the load stands, from the first wait to the last record read. */
  onMoment?(moment: LiveMoment): void
  /** Called once when everything has ended, with all that came of the measured time. */
  onEnd?(tick: Tick): void
  /** Does a fault of the workload; resolves when it is over. */
  strike?(fault: Fault): Promise<FaultEffect>
  /** What all bytes go through, where it is not the target itself. */
  readonly proxy?: Watched
  /** The target's own word on where a stream ends, once nothing is under way. */
  tailOf(stream: number): Promise<Tail>
  /** CPU time that the target has used so far, in seconds; undefined where it cannot be told. */
  targetCpu?(): number | undefined
}

/** All that a load has shown. */
export interface Load {
  /** At the first moment that counts and at the last; absent where the load was interrupted before it. */
  readonly measured: { readonly first: Tick; readonly last: Tick } | undefined
  /** Each second or so between. */
  readonly series: readonly Interval[]
  /** When everything had ended. */
  readonly end: Numbers
  /** When the plan began, in milliseconds since 1970. */
  readonly startedMs: number
  readonly writers: readonly WriterReport[]
  readonly readers: readonly ReaderReport[]
  /** Before the tails were asked for. */
  readonly readSoFar: readonly ReadSoFar[]
  readonly tails: readonly Tail[]
  readonly catchUpSeconds: number
  readonly health: readonly Health[]
  /** While readers caught up. */
  readonly catchUpHealth: readonly Health[]
  /** Of the thread that all bytes went through, in the measured time; absent where there was none. */
  readonly proxyHealth: Health | undefined
  readonly windows: readonly WindowFigures[]
  readonly faults: readonly PlayedFault[]
  /** Times in which no thread had an ack; of a load without faults nothing is known of them. */
  readonly gaps: readonly Gap[]
  /** When the plan began, and when the measured time began and ended, on the clock of faults and gaps. */
  readonly startUs: number
  readonly fromUs: number
  readonly untilUs: number
  /** Of each thread; empty where none were wanted. */
  readonly traces: readonly Trace[]
  readonly machine: MachineUse
}

/** Requests for a tail at a time when the load has ended: each may have an answer of some size. */
const TAILS_AT_ONCE = 16

/** From the first word to the threads until the plan begins. */
const LEAD_US = 50_000

/**
 * Makes a load with threads of its own. Rejects with a `LoadError` for the user, and with what a thread has thrown where the
 * fault is ours; whatever happens, the threads end.
 */
export async function runThreads(parts: LoadParts): Promise<Load> {
  const { workload, place, streams, tag, interrupted, traced, without } = parts
  const now = createNow()
  const epochUs = Math.round(Date.now() * 1000 - now())
  const memories = Array.from({ length: workload.threads }, () => new SharedArrayBuffer(BOARD_BYTES))
  const boards = memories.map((memory) => new Board(memory))
  const traces = traced === undefined ? [] : memories.map(() => new SharedArrayBuffer(traceBytes(traced)))
  const threads = memories.map((memory, thread) => {
    const trace = traces[thread]
    return startThread({
      workload,
      place,
      streams,
      thread,
      tag,
      epochUs,
      memory,
      ...(trace && { trace }),
      ...(without !== undefined && { without }),
    })
  })
  const look = (): Numbers => addNumbers(boards.map((board) => board.snapshot()))
  const moments = createMoments(workload, parts.onMoment, look, now)
  try {
    const ready = Promise.all(threads.map((thread) => thread.hear('ready')))
    await Promise.race([ready, broken(place.origin, interrupted)])
    const startUs = beginning(parts, now() + LEAD_US, epochUs)
    moments.begin(startUs)
    await waitUntil(startUs - LEAD_US, now, interrupted)
    const usedBefore = machineTimes()
    for (const thread of threads) thread.tell({ kind: 'go', startUs })
    const fromUs = startUs + workload.warmupSeconds * SECOND_US
    const faultRun = startFaultSchedule(parts, boards, fromUs, now, moments)
    const signal = AbortSignal.any([interrupted, faultRun.broken])
    const through = await tickThrough({ ...parts, interrupted: signal }, startUs, now, look)
    const untilUs = now()
    const proxyHealth = through.measured === undefined ? undefined : parts.proxy?.health()
    // Whoever waits for it below hears of it.
    proxyHealth?.catch(() => {})
    const machine = usedSince(usedBefore)
    faultRun.end()
    moments.enter('draining')
    if (faultRun.broken.aborted) await faultRun.played
    for (const thread of threads) thread.tell({ kind: 'halt' })
    const appended = await Promise.all(threads.map((thread) => thread.hear('appended')))
    const writers = appended.flatMap((report) => report.writers)
    const readSoFar = appended.flatMap((report) => report.readSoFar)
    const gaps = commonGaps(appended.map((report) => gapsIn(report.gaps)))
    const faults = await faultRun.played
    const tails: Tail[] = []
    await forEachLimited([...streams.keys()], TAILS_AT_ONCE, async (stream) => {
      tails[stream] = await parts.tailOf(stream)
    })
    moments.enter('reading')
    const read = await readAll(threads, tails)
    const end = look()
    parts.onEnd?.({ at: (now() - startUs) / SECOND_US, numbers: end })
    const startedMs = (startUs + epochUs) / 1000
    const kept = traces.map((memory) => new Trace(memory))
    const shown = { faults, gaps, startUs, fromUs, untilUs, machine, traces: kept }
    const beside = { proxyHealth: await proxyHealth }
    return { ...through, end, startedMs, writers, readSoFar, tails, ...read, ...shown, ...beside }
  } finally {
    moments.end()
    await Promise.all(threads.map((thread) => thread.end()))
  }
}

/** Rejects, as a `LoadError`, a moment in common that had passed when all was ready: others have begun without this one. */
function beginning({ startAtMs }: LoadParts, soonUs: number, epochUs: number): number {
  // Records carry whole microseconds: the first that counts must not be rounded to before the time that counts.
  if (startAtMs === undefined) return Math.round(soonUs)
  const startUs = startAtMs * 1000 - epochUs
  if (startUs >= soonUs) return startUs
  const late = ((soonUs - startUs) / SECOND_US).toFixed(1)
  throw new LoadError(
    `all was ready ${late} s after the moment at which the load was to begin: choose a later one`,
  )
}

/** Begins what the workload plans against its own target. */
function startFaultSchedule(
  { workload: { faults }, strike }: LoadParts,
  boards: readonly Board[],
  fromUs: number,
  now: () => number,
  moments: LiveMoments,
): { readonly played: Promise<readonly PlayedFault[]>; readonly broken: AbortSignal; end(): void } {
  const over = new AbortController()
  const broken = new AbortController()
  const sum = (name: Counted): number => boards.reduce((total, board) => total + board.get(name), 0)
  const glance = (): Progress => ({
    atUs: now(),
    begun: sum('begun'),
    acked: sum('acked'),
    inFlight: sum('inFlight'),
    refused: sum('refused'),
    unknown: sum('unknown'),
  })
  const stand = (): LoadSnapshot => ({
    ...glance(),
    waited: sum('waitedMeasured'),
    heldBack: sum('heldBackMeasured'),
    samples: sum('samples'),
    stalledSamples: sum('stalledSamples'),
    readersCut: sum('readersCut'),
    response: merge(boards.map((board) => board.timed.response.snapshot())),
  })
  const cannot = (): never => {
    throw new Error('this load has no means to make faults')
  }
  const played = runFaultSchedule({
    faults,
    fromUs,
    now,
    glance,
    stand,
    strike: strike ?? cannot,
    over: over.signal,
    onState: moments.fault,
  })
  // Whoever waits for the load hears of it at once, and of its reason when it asks.
  played.catch(() => broken.abort())
  return { played, broken: broken.signal, end: () => over.abort() }
}

/**
 * Looks at the numbers at the beginning and the end of the measured time, and every second between; of those between only
 * the intervals are kept.
 */
async function tickThrough(
  { workload, interrupted, onTick, targetCpu, proxy }: LoadParts,
  startUs: number,
  now: () => number,
  look: () => Numbers,
): Promise<Pick<Load, 'measured' | 'series'>> {
  const series: Interval[] = []
  let first: Tick | undefined
  let last: Tick | undefined
  for (const at of samplingTimes(workload)) {
    if (interrupted.aborted) break
    const isThere = await waitUntil(startUs + at * SECOND_US, now, interrupted)
    // An interrupt before anything counted leaves nothing to count from.
    if (!isThere && first === undefined) break
    const tick = { at: (now() - startUs) / SECOND_US, numbers: look(), targetCpu: targetCpu?.() }
    if (first === undefined) proxy?.watch()
    first ??= tick
    if (last !== undefined) series.push(intervalOf(first, last, tick))
    last = tick
    onTick(tick)
  }
  const measured = first === undefined || last === undefined ? undefined : { first, last }
  return { measured, series }
}

/** Rejects when it is interrupted: a target that does not answer is not waited for. */
async function broken(origin: string, interrupted: AbortSignal): Promise<never> {
  if (!interrupted.aborted) await once(interrupted, 'abort')
  throw new LoadError(`interrupted before the load on ${origin} had begun`)
}

async function readAll(
  threads: readonly EngineThread[],
  tails: readonly Tail[],
): Promise<Pick<Load, 'readers' | 'catchUpSeconds' | 'catchUpHealth' | 'health' | 'windows'>> {
  for (const thread of threads) thread.tell({ kind: 'read', tails })
  const reports = await Promise.all(threads.map((thread) => thread.hear('read')))
  return {
    readers: reports.flatMap(({ readers }) => readers),
    catchUpSeconds: Math.max(...reports.map(({ catchUpSeconds }) => catchUpSeconds)),
    catchUpHealth: reports.map((report) => report.catchUpHealth),
    health: reports.map(({ health }) => health),
    windows: reports.map(({ windows }) => windows),
  }
}
