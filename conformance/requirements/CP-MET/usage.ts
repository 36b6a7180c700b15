import { batch } from '../../../client/records.ts'
import { evidence } from '../../../client/watch.ts'
import type { CheckContext } from '../../check/context.ts'
import { serverTime, untilServerTime } from '../server-time.ts'
import { expectSeries, getMetrics, type Metric, readMetrics } from './metric.ts'

/** Metrics may lag: SDK tests poll for minutes (CP-MET-036). */
export const LAG_SECONDS = 300

export interface Usage {
  /** A basin of its own, and a stream with three records of 9 metered bytes, each a batch. */
  readonly basin: string
  readonly stream: string
  /** Unix seconds of the target's clock, before and after: full minutes, so that buckets are whole. */
  readonly from: number
  readonly now: () => Promise<number>
  /** Once all that was asked so far lies in seconds before it. */
  readonly settled: () => Promise<number>
  /** When all that was done here had settled. */
  readonly until: number
}

/** Appends three times, and reads once in a unary way and once in a session. */
export async function newUsage(context: CheckContext): Promise<Usage> {
  const { newBasin, newStreamName, expect } = context
  const now = (): Promise<number> => serverSeconds(context)
  const began = await now()
  const basin = await newBasin()
  const name = newStreamName()
  expect.ok(await basin.createStream(name), 201)
  const stream = basin.stream(name)
  for (const body of ['a', 'b', 'c']) expect.ok(await stream.append(batch(body)))
  expect.ok(await stream.read({ seqNum: 0n, count: 3n }))
  expect.ok(await stream.over('sse').read({ seqNum: 0n, count: 3n }))
  const settled = async (): Promise<number> => {
    const next = (await now()) + 1
    await untilServerTime(context, next * 1000)
    return next
  }
  return {
    basin: basin.name,
    stream: name,
    from: began - (began % 60),
    now,
    settled,
    until: await settled(),
  }
}

/** Unix seconds of the target's clock, to ask about a range. */
export const serverSeconds = async (context: CheckContext): Promise<number> => {
  const time = await evidence('a clock that is wrong has another range asked for', () => serverTime(context))
  return Math.floor(time / 1000)
}

/** The metrics of a set, as soon as they fit; unless told, the range goes up to what was done last. */
export async function metricsOnce(
  context: CheckContext,
  { from, until }: Usage,
  path: string,
  more: { readonly set: string; readonly interval?: string; readonly start?: number },
  what: string,
  fits: (metrics: readonly Metric[]) => boolean,
): Promise<readonly Metric[]> {
  const range = { start: from, end: until, ...more }
  const metrics = await context.eventually(what, LAG_SECONDS, async () => {
    const some = readMetrics(context.expect, await getMetrics(context, path, range))
    return fits(some) ? some : undefined
  })
  expectSeries(context.expect, metrics, range)
  return metrics
}

/** Whether a set tells what `newUsage` has done, and no more: 27 bytes, in three appends, read twice. */
export const isCounted =
  (set: string, { basin }: Usage) =>
  (metrics: readonly Metric[]): boolean => {
    if (set === 'active-basins') return metrics.some(({ labels }) => labels.includes(basin))
    if (set === 'storage') return metrics[0]?.points.at(-1)?.[1] === 27
    const [least, most] = COUNTED[set] ?? [1, Number.POSITIVE_INFINITY]
    const sum = total(metrics)
    return sum >= least && sum <= most
  }

/** Appends of one connection within a minute may count as one operation (CP-HOST-006). */
const COUNTED: Readonly<Record<string, readonly [least: number, most: number]>> = {
  'append-ops': [1, 3],
  'append-throughput': [27, 27],
  'read-ops': [2, 2],
  'read-throughput': [54, 54],
}

/** The sum of all points of all series. */
export const total = (metrics: readonly Metric[]): number =>
  metrics.flatMap(({ points }) => points).reduce((sum, [, value]) => sum + value, 0)
