import { type Requirement, requirement } from '../../check/requirement.ts'
import { BASIN_SETS, expectSeries, getMetrics, type Metric, readMetrics } from './metric.ts'
import { isCounted, metricsOnce, newUsage, serverSeconds, total } from './usage.ts'

const NEEDS = ['metrics', 'basins'] as const

export const content: readonly Requirement[] = [
  requirement('CP-MET-030', 'Shape', { needs: NEEDS }, async (context) => {
    const usage = await newUsage(context)
    for (const [path, set] of setsOf(usage)) {
      // The one key of each is looked at as it is read.
      await metricsOnce(context, usage, path, { set }, `metrics in ${set}`, isCounted(set, usage))
    }
  }),

  requirement('CP-MET-031', 'Shape of a metric', { needs: NEEDS }, async (context) => {
    const { expect } = context
    const usage = await newUsage(context)
    for (const [path, set] of setsOf(usage)) {
      const hasData = isCounted(set, usage)
      for (const each of await metricsOnce(context, usage, path, { set }, `data in ${set}`, hasData)) {
        each.expectWhole()
        if (each.kind !== 'label') {
          expect.that(['bytes', 'operations'].includes(each.unit), 'unit is bytes or operations', each.unit)
        }
      }
    }
  }),

  requirement('CP-MET-032', 'Shape by set', { needs: NEEDS }, async (context) => {
    const { expect } = context
    const usage = await newUsage(context)
    const { basin, stream } = usage
    const set = 'active-basins'
    const active = await metricsOnce(context, usage, '', { set }, 'the basin', isCounted(set, usage))
    expect.equal(shapes(active), ['label '], 'active-basins')
    for (const [path, set, shape] of [
      ['', 'account-ops', 'accumulation operations'],
      [`/${basin}`, 'basin-ops', 'accumulation operations'],
      [`/${basin}`, 'append-ops', 'accumulation operations'],
      [`/${basin}`, 'append-throughput', 'accumulation bytes'],
      [`/${basin}`, 'read-ops', 'accumulation operations'],
      [`/${basin}`, 'read-throughput', 'accumulation bytes'],
      [`/${basin}/${stream}`, 'storage', 'gauge bytes'],
    ] as const) {
      const counted = isCounted(set, usage)
      const metrics = await metricsOnce(context, usage, path, { set }, `what was done, in ${set}`, counted)
      expect.equal([...new Set(shapes(metrics))], [shape], `kind and unit of ${set}`)
      if (set === 'read-ops') expect.equal(metrics.length, 2, 'series of read-ops')
      if (set === 'read-throughput' || set === 'storage') expect.equal(metrics.length, 1, `series of ${set}`)
    }
  }),

  requirement('CP-MET-018', 'Range long past', { needs: ['metrics'] }, async (context) => {
    const { basin, newStream, expect } = context
    const { name } = await newStream()
    for (const [path, set] of setsOf({ basin: basin.name, stream: name })) {
      const range = { start: 0, end: 3600 }
      const metrics = readMetrics(expect, await getMetrics(context, path, { set, ...range }))
      expectSeries(expect, metrics, range)
      expect.equal(total(metrics), 0, `the sum of ${set} in 1970`)
      expect.equal(
        metrics.flatMap(({ labels }) => labels),
        [],
        `labels of ${set} in 1970`,
      )
    }
  }),

  requirement('CP-MET-022', 'No 404', { needs: ['metrics'] }, async (context) => {
    const { basin, newBasinName, newStreamName, expect } = context
    const end = await serverSeconds(context)
    const unknown = newBasinName()
    for (const [path, set] of [
      ...BASIN_SETS.map((set) => [`/${unknown}`, set] as const),
      [`/${unknown}/${newStreamName()}`, 'storage'] as const,
      [`/${basin.name}/${newStreamName()}`, 'storage'] as const,
    ]) {
      const range = { set, start: end - 3600, end }
      const metrics = readMetrics(expect, await getMetrics(context, path, range))
      expectSeries(expect, metrics, range)
      expect.equal(total(metrics), 0, `the sum of ${set}`)
    }
  }),
]

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
