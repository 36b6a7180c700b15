import { type Requirement, requirement } from '../../check/requirement.ts'
import { BASIN_SETS, expectSeries, getMetrics, type Metric, readMetrics } from './metric.ts'
import { isCounted, LAG_SECONDS, metricsOnce, newUsage, total } from './usage.ts'

const NEEDS = ['metrics', 'basins'] as const

const SECONDS_OF = { minute: 60, hour: 3600, day: 86_400 } as const

const INTERVALS = ['minute', 'hour', 'day'] as const

export const series: readonly Requirement[] = [
  requirement('CP-MET-020', 'Default intervals', { needs: NEEDS }, async (context) => {
    const { expect } = context
    const usage = await newUsage(context)
    const { basin, stream } = usage
    for (const [path, set, interval] of [
      ['', 'account-ops', 'hour'],
      [`/${basin}`, 'basin-ops', 'hour'],
      [`/${basin}`, 'append-ops', 'minute'],
      [`/${basin}`, 'append-throughput', 'minute'],
      [`/${basin}`, 'read-ops', 'minute'],
      [`/${basin}`, 'read-throughput', 'minute'],
    ] as const) {
      const metrics = await metricsOnce(
        context,
        usage,
        path,
        { set },
        `data in ${set}`,
        isCounted(set, usage),
      )
      expect.equal([...new Set(metrics.map((each) => each.interval))], [interval], `interval of ${set}`)
    }
    // A gauge does not say its interval: its points do, an hour's worth of them.
    const end = await usage.now()
    const whole = { start: end - (end % 3600) - 7200, end: end - (end % 3600) }
    for (const [path, apart] of [
      [`/${basin}`, SECONDS_OF.hour],
      [`/${basin}/${stream}`, SECONDS_OF.minute],
    ] as const) {
      const metrics = readMetrics(expect, await getMetrics(context, path, { set: 'storage', ...whole }))
      expectSeries(expect, metrics, whole)
      expect.equal(metrics.length, 1, 'series of storage')
      expect.equal(
        distances(metrics).filter((distance) => distance !== apart),
        [],
        'seconds between points',
      )
    }
  }),

  requirement('CP-MET-021', 'Half-open range', { needs: NEEDS }, async (context) => {
    const { expect } = context
    const usage = await newUsage(context)
    const query = { set: 'append-throughput', interval: 'minute' }
    const path = `/${usage.basin}`
    const done = await metricsOnce(
      context,
      usage,
      path,
      query,
      'all that was appended',
      (some) => total(some) === 27,
    )
    const buckets = done.flatMap(({ points }) => points)
    for (const [time, value] of buckets) {
      const within = async (start: number, end: number) => {
        const metrics = readMetrics(expect, await getMetrics(context, path, { ...query, start, end }))
        expectSeries(expect, metrics, { start, end })
        return total(metrics)
      }
      expect.equal(
        await within(time - 600, time),
        sumBefore(buckets, time),
        'bytes appended before its minute',
      )
      expect.equal(await within(time, time), 0, 'bytes in a range without length')
      const now = await usage.now()
      if (time + 60 <= now) expect.equal(await within(time, time + 60), value, 'bytes appended in its minute')
      expect.that((await within(time, Math.max(time + 1, now))) >= value, 'its start is in the range', time)
    }
  }),

  requirement('CP-MET-033', 'Empty buckets', { needs: NEEDS }, async (context) => {
    const { expect } = context
    const usage = await newUsage(context)
    const { basin, stream } = usage
    for (const set of BASIN_SETS.filter((each) => each !== 'storage')) {
      const range = { set, interval: 'minute', start: usage.from - 3600 }
      const metrics = await metricsOnce(
        context,
        usage,
        `/${basin}`,
        range,
        `data in ${set}`,
        isCounted(set, usage),
      )
      const empty = metrics.flatMap(({ points }) => points).filter(([, value]) => value === 0)
      expect.equal(empty, [], `empty buckets of ${set}`)
    }
    const { from } = usage
    const gauge = { set: 'storage', start: from - 600, end: from }
    const [storage, ...others] = readMetrics(expect, await getMetrics(context, `/${basin}/${stream}`, gauge))
    expect.equal(others, [], 'further series of storage')
    const minutes = Array.from({ length: 10 }, (_, index) => [gauge.start + 60 * index, 0])
    expect.equal<unknown>(storage?.points, minutes, 'ten minutes before anything was stored')
  }),

  requirement('CP-MET-034', 'Bucket starts', { needs: NEEDS }, async (context) => {
    const { expect, eventually } = context
    const usage = await newUsage(context)
    const ofMetrics = async (end: number) => {
      const range = { set: 'account-ops', start: usage.from, end }
      const metrics = readMetrics(expect, await getMetrics(context, '', range))
      expectSeries(expect, metrics, range)
      return total(metrics.filter(({ name }) => name.includes('metrics')))
    }
    const before = await ofMetrics(usage.until)
    for (const interval of INTERVALS) {
      for (const [path, set] of [
        ['', 'account-ops'],
        [`/${usage.basin}`, 'append-ops'],
      ] as const) {
        // A bucket that begins before the range is told by its start all the same.
        const query = { set, interval, start: usage.from - (usage.from % SECONDS_OF[interval]) }
        const metrics = await metricsOnce(
          context,
          usage,
          path,
          query,
          `data in ${set}`,
          isCounted(set, usage),
        )
        const times = metrics.flatMap(({ points }) => points.map(([time]) => time))
        expect.equal(
          times.filter((time) => time % SECONDS_OF[interval] !== 0),
          [],
          `starts by the ${interval}`,
        )
      }
    }
    const end = await usage.settled()
    await eventually('calls for metrics count as account operations', LAG_SECONDS, async () =>
      (await ofMetrics(end)) >= before + 6 ? true : undefined,
    )
  }),

  requirement('CP-MET-035', '`interval` is echoed', { needs: NEEDS }, async (context) => {
    const usage = await newUsage(context)
    for (const [path, set] of [
      ['', 'account-ops'],
      ...BASIN_SETS.filter((each) => each !== 'storage').map((each) => [`/${usage.basin}`, each] as const),
    ] as const) {
      for (const interval of INTERVALS) {
        const query = { set, interval }
        const metrics = await metricsOnce(
          context,
          usage,
          path,
          query,
          `series in ${set}`,
          isCounted(set, usage),
        )
        const came = [...new Set(metrics.map((each) => each.interval))]
        context.expect.equal(came, [interval], `interval of ${set}`)
      }
    }
  }),
]

const sumBefore = (points: Metric['points'], end: number): number =>
  points.reduce((sum, [time, value]) => (time < end ? sum + value : sum), 0)

const distances = (metrics: readonly Metric[]): readonly number[] =>
  metrics.flatMap(({ points }) => points.slice(1).map(([time], index) => time - (points[index]?.[0] ?? 0)))
