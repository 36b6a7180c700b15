import type { CheckContext } from '../../context.ts'
import { batch } from '../../records.ts'
import { serverTime } from '../server-time.ts'
import { getMetrics, type Metric, type MetricsQuery, readMetrics } from './metric.ts'

/** Metrics may lag: SDK tests poll for minutes (CP-MET-036). */
export const LAG_SECONDS = 300

export interface Usage {
  /** A basin of its own, and a stream with three records of 9 metered bytes, each a batch. */
  readonly basin: string
  readonly stream: string
  /** Unix seconds of the target's clock, before and after: full minutes, so that buckets are whole. */
  readonly from: number
  readonly now: () => Promise<number>
}

/** Appends three times, and reads once in a unary way and once in a session. */
export async function newUsage(context: CheckContext): Promise<Usage> {
  const { newBasin, newStreamName, expect } = context
  const now = async (): Promise<number> => Math.floor((await serverTime(context)) / 1000)
  const began = await now()
  const basin = await newBasin()
  const name = newStreamName()
  expect.ok(await basin.createStream(name), 201)
  const stream = basin.stream(name)
  for (const body of ['a', 'b', 'c']) expect.ok(await stream.append(batch(body)))
  expect.ok(await stream.read({ seqNum: 0n, count: 3n }))
  expect.ok(await stream.over('sse').read({ seqNum: 0n, count: 3n }))
  return { basin: basin.name, stream: name, from: began - (began % 60), now }
}

/** The metrics of a set, as soon as they fit; the range goes up to now. */
export async function metricsOnce(
  context: CheckContext,
  { from, now }: Usage,
  path: string,
  more: MetricsQuery,
  what: string,
  fits: (metrics: readonly Metric[]) => boolean,
): Promise<readonly Metric[]> {
  return await context.eventually(what, LAG_SECONDS, async () => {
    const range = { start: from, end: Math.max(from, await now()), ...more }
    const metrics = readMetrics(context.expect, await getMetrics(context, path, range))
    return fits(metrics) ? metrics : undefined
  })
}

/** The sum of all points of all series. */
export const total = (metrics: readonly Metric[]): number =>
  metrics.flatMap(({ points }) => points).reduce((sum, [, value]) => sum + value, 0)
