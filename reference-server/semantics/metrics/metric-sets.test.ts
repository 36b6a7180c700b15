import { describe, expect, test } from 'vitest'
import { accountOperations, activeBasins, basinMetrics, storage } from './metric-sets.ts'
import type { MetricsRange } from './metrics-query.ts'
import type { MinuteOfUsage } from './usage.ts'

const range: MetricsRange = { start: 0, end: 7200, interval: 'hour' }

const usage = (minute: number, counts: Readonly<Record<string, number>>): MinuteOfUsage => ({
  minute,
  counts: new Map(Object.entries(counts)),
})

const counted = [
  usage(60, {
    'list-basins': 2,
    'create-basin': 1,
    'list-streams': 5,
    'append-ops:express': 1,
    'read-bytes': 7,
  }),
  usage(3600, {
    'list-basins': 1,
    'append-ops:standard': 4,
    'append-bytes:standard': 40,
    'read-ops:unary': 3,
  }),
]

const accumulation = (name: string, unit: string, ...values: readonly (readonly [number, number])[]) => ({
  accumulation: { name, unit, interval: 'hour', values },
})

describe('the shape of each set (CP-MET-031, CP-MET-032, CP-MET-035)', () => {
  test('active-basins: one label', () => {
    expect(activeBasins(['one-basin', 'two-basin'])).toEqual([
      { label: { name: 'active_basins', values: ['one-basin', 'two-basin'] } },
    ])
  })

  test('account-ops: a series for each operation on the account that there was', () => {
    expect(accountOperations(counted, range)).toEqual([
      accumulation('list-basins', 'operations', [0, 2], [3600, 1]),
      accumulation('create-basin', 'operations', [0, 1]),
    ])
    expect(accountOperations([], range)).toEqual([])
  })

  test('basin-ops: a series for each operation on the basin that there was', () => {
    expect(basinMetrics('basin-ops', counted, range)).toEqual([
      accumulation('list-streams', 'operations', [0, 5]),
    ])
  })

  test('append-ops and append-throughput: a series for each storage class', () => {
    expect(basinMetrics('append-ops', counted, range)).toEqual([
      accumulation('standard', 'operations', [3600, 4]),
      accumulation('express', 'operations', [0, 1]),
    ])
    expect(basinMetrics('append-throughput', counted, range)).toEqual([
      accumulation('standard', 'bytes', [3600, 40]),
      accumulation('express', 'bytes'),
    ])
  })

  test('a storage class of its own has its own series, whatever its name', () => {
    const odd = [usage(0, { 'append-ops:a:b\n': 2 })]
    expect(basinMetrics('append-ops', odd, range)).toContainEqual(accumulation('a:b\n', 'operations', [0, 2]))
    expect(basinMetrics('append-throughput', odd, range)).toContainEqual(accumulation('a:b\n', 'bytes'))
  })

  test('read-ops: unary and streaming', () => {
    expect(basinMetrics('read-ops', counted, range)).toEqual([
      accumulation('unary', 'operations', [3600, 3]),
      accumulation('streaming', 'operations'),
    ])
  })

  test('read-throughput: one series', () => {
    expect(basinMetrics('read-throughput', counted, range)).toEqual([
      accumulation('read_throughput', 'bytes', [0, 7]),
    ])
  })

  test('storage: one gauge', () => {
    expect(storage([usage(3600, { 'stored-bytes': 30 })], 50, range, 9000)).toEqual([
      {
        gauge: {
          name: 'storage',
          unit: 'bytes',
          values: [
            [0, 20],
            [3600, 50],
          ],
        },
      },
    ])
  })
})

describe('storage of a name', () => {
  const values = (stored: number | undefined, ...changes: readonly MinuteOfUsage[]) =>
    storage(changes, stored, range, 9000).map((metric) => ('gauge' in metric ? metric.gauge.values : metric))

  test('that was never there: no point (CP-MET-022)', () => {
    expect(values(undefined)).toEqual([[]])
  })

  test('that is there and holds nothing: 0', () => {
    expect(values(0)).toEqual([
      [
        [0, 0],
        [3600, 0],
      ],
    ])
  })

  test('that is not there any more: what it held', () => {
    expect(values(undefined, usage(60, { 'stored-bytes': 8 }), usage(3660, { 'stored-bytes': -8 }))).toEqual([
      [
        [0, 8],
        [3600, 0],
      ],
    ])
  })
})
