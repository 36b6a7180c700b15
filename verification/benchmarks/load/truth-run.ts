import { valueAt } from '../../../load/measure/counts.ts'
import { runThreads } from '../../../load/run/coordinator/coordinator.ts'
import { resultOf } from '../../../load/run/verdict/result.ts'
import { parseWorkload } from '../../../load/workload/parse.ts'
import type { LoadResult } from '../../../reports/load/result.ts'
import type { TruthChild } from './truth-child.ts'
import { type Disturbance, watchDisturbance } from './truth-disturbance.ts'
import { type Pair, pairsOf } from './truth-pairs.ts'

/** One run of this load generator on a truth server. */
export interface TruthRun {
  readonly response: (quantile: number) => number
  readonly pairs: readonly Pair[]
  /** Appends that had to be measured. */
  readonly planned: number
  readonly judged: Pick<LoadResult, 'verdict' | 'reasons'>
  readonly disturbance: Disturbance
}

export const SECONDS = 16
/** Both programs are compiled while they run: what is slow the first time is not what is measured. */
export const WARMUP_SECONDS = 2

/** An open loop of single records over one session. Throws where one was measured that the server does not know. */
export async function runTruth(server: TruthChild, perSecond: number): Promise<TruthRun> {
  const workload = parseWorkload(
    {
      ...{ batch: 1, 'record-size': 64, readers: 0, 'catch-up': 0, pacing: 'spin' },
      ...{ rate: perSecond, duration: SECONDS, warmup: WARMUP_SECONDS },
    },
    'truth',
  )
  const disturbance = watchDisturbance()
  const load = await runThreads({
    workload,
    place: { origin: `http://127.0.0.1:${server.http2Port}`, prefix: '/v1', headers: {} },
    streams: ['s'],
    tag: 1,
    traced: perSecond * (SECONDS + WARMUP_SECONDS),
    interrupted: new AbortController().signal,
    onTick() {},
    tailOf: () => Promise.resolve(0),
  })
  const disturbed = disturbance()
  const pairs = pairsOf(
    load.traces.flatMap((trace) => [...trace]),
    await server.log(),
  )
  return {
    response: (quantile) => valueAt(load.end.timed.response, quantile) ?? 0,
    pairs,
    planned: perSecond * SECONDS,
    judged: resultOf(load, workload, ['s'], ABOUT),
    disturbance: disturbed,
  }
}

const ABOUT = {
  tool: 's2-load',
  started: new Date().toISOString(),
  label: 'truth server',
  server: undefined,
  interrupted: false,
  summary: '',
}
