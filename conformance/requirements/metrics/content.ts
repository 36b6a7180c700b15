import { row } from '../../catalogue/catalogue.ts'
import type { Requirement } from '../../requirement.ts'
import { serverTime } from '../server-time.ts'
import { BASIN_SETS, getMetrics, type Metric, readMetrics } from './metric.ts'
import { metricsOnce, newUsage, total } from './usage.ts'

const NEEDS = ['metrics', 'basins'] as const

export const metricsShape: Requirement = {
  ...row('CP-MET-030'),
  needs: NEEDS,
  async check(context) {
    const usage = await newUsage(context)
    for (const [path, set] of setsOf(usage)) {
      // What each metric is made of is looked at as it is read.
      await metricsOnce(context, usage, path, { set }, `metrics in ${set}`, ({ length }) => length > 0)
    }
  },
}

export const metricShape: Requirement = {
  ...row('CP-MET-031'),
  needs: NEEDS,
  async check(context) {
    const { expect } = context
    const usage = await newUsage(context)
    for (const [path, set] of setsOf(usage)) {
      const hasData = (metrics: readonly Metric[]) =>
        metrics.some(({ points, labels }) => points.length + labels.length > 0)
      for (const each of await metricsOnce(context, usage, path, { set }, `data in ${set}`, hasData)) {
        const times = each.points.map(([time]) => time)
        expect.equal(
          times,
          [...new Set(times)].toSorted((a, b) => a - b),
          'times, ascending',
        )
        if (each.kind !== 'label') {
          expect.that(['bytes', 'operations'].includes(each.unit), 'unit is bytes or operations', each.unit)
        }
      }
    }
  },
}

export const shapeOfEachSet: Requirement = {
  ...row('CP-MET-032'),
  needs: NEEDS,
  async check(context) {
    const { expect } = context
    const usage = await newUsage(context)
    const { basin, stream } = usage
    const active = await metricsOnce(context, usage, '', { set: 'active-basins' }, 'the basin', (metrics) =>
      metrics.some(({ labels }) => labels.includes(basin)),
    )
    expect.equal(shapes(active), ['label '], 'active-basins')
    expect.equal(active[0]?.name, 'active_basins', 'name of the label')
    for (const [path, set, shape, sum] of [
      ['', 'account-ops', 'accumulation operations', undefined],
      [`/${basin}`, 'basin-ops', 'accumulation operations', undefined],
      [`/${basin}`, 'append-ops', 'accumulation operations', undefined],
      [`/${basin}`, 'append-throughput', 'accumulation bytes', 27],
      [`/${basin}`, 'read-ops', 'accumulation operations', undefined],
      [`/${basin}`, 'read-throughput', 'accumulation bytes', 54],
      [`/${basin}/${stream}`, 'storage', 'gauge bytes', undefined],
    ] as const) {
      const counted = (metrics: readonly Metric[]) => total(metrics) >= (sum ?? 1)
      const metrics = await metricsOnce(context, usage, path, { set }, `what was done, in ${set}`, counted)
      expect.equal([...new Set(shapes(metrics))], [shape], `kind and unit of ${set}`)
      const names = metrics.map(({ name }) => name)
      expect.equal(names.length, new Set(names).size, `different names in ${set}`)
      // Appends of one connection within a minute may count as one operation (CP-HOST-006).
      if (set === 'append-ops') expect.that(total(metrics) <= 3, 'at most three appends', total(metrics))
      if (sum !== undefined) expect.equal(total(metrics), sum, `the sum of ${set}`)
      if (set === 'read-ops') expect.equal(metrics.length, 2, 'series of read-ops')
      if (set === 'read-throughput' || set === 'storage') expect.equal(metrics.length, 1, `series of ${set}`)
      if (set === 'storage') expect.equal(metrics[0]?.points.at(-1)?.[1], 27, 'bytes stored')
    }
  },
}

export const pastIsEmpty: Requirement = {
  ...row('CP-MET-018'),
  needs: ['metrics'],
  async check(context) {
    const { basin, newStream, expect } = context
    const { name } = await newStream()
    for (const [path, set] of setsOf({ basin: basin.name, stream: name })) {
      const metrics = readMetrics(expect, await getMetrics(context, path, { set, start: 0, end: 3600 }))
      expect.equal(total(metrics), 0, `the sum of ${set} in 1970`)
      expect.equal(
        metrics.flatMap(({ labels }) => labels),
        [],
        `labels of ${set} in 1970`,
      )
    }
  },
}

export const unknownNameIsEmpty: Requirement = {
  ...row('CP-MET-022'),
  needs: ['metrics'],
  async check(context) {
    const { basin, newBasinName, newStreamName, expect } = context
    const end = Math.floor((await serverTime(context)) / 1000)
    const unknown = newBasinName()
    for (const [path, set] of [
      ...BASIN_SETS.map((set) => [`/${unknown}`, set] as const),
      [`/${unknown}/${newStreamName()}`, 'storage'] as const,
      [`/${basin.name}/${newStreamName()}`, 'storage'] as const,
    ]) {
      const range = { set, start: end - 3600, end }
      expect.equal(total(readMetrics(expect, await getMetrics(context, path, range))), 0, `the sum of ${set}`)
    }
  },
}

const shapes = (metrics: readonly Metric[]): readonly string[] =>
  metrics.map(({ kind, unit }) => `${kind} ${unit}`)

/** The sets that a little use leaves something in: storage of a basin is told by the hour. */
function setsOf({ basin, stream }: { readonly basin: string; readonly stream: string }) {
  return [
    ['', 'active-basins'],
    ['', 'account-ops'],
    ...BASIN_SETS.filter((set) => set !== 'storage').map((set) => [`/${basin}`, set] as const),
    [`/${basin}/${stream}`, 'storage'],
  ] as const
}
