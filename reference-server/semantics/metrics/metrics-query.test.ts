import { describe, expect, test } from 'vitest'
import {
  ACCOUNT_SETS,
  BASIN_SETS,
  type Interval,
  type MetricsQuery,
  resolveMetricsQuery,
  type SetIntervals,
  STREAM_SETS,
} from './metrics-query.ts'

const NOW = 1_700_000_000
const ANY: SetIntervals = ['minute', 'hour', 'day']
const DAY = 86_400

const ask = (query: Partial<MetricsQuery>, set = ANY) =>
  resolveMetricsQuery(set, { start: undefined, end: undefined, interval: undefined, ...query }, NOW)

describe('the range of a query', () => {
  test('is the one that was asked for', () => {
    expect(ask({ start: NOW - 9, end: NOW, interval: 'day' })).toEqual({
      start: NOW - 9,
      end: NOW,
      interval: 'day',
    })
  })

  test.each<{ what: string; query: Partial<MetricsQuery>; refused: string | undefined }>([
    { what: 'no start (CP-MET-014)', query: { end: NOW }, refused: 'required' },
    { what: 'no end (CP-MET-014)', query: { start: NOW }, refused: 'required' },
    { what: 'neither (CP-MET-014)', query: {}, refused: 'required' },
    {
      what: 'an end before the start (CP-MET-015)',
      query: { start: NOW, end: NOW - 1 },
      refused: 'after end',
    },
    { what: 'no length (CP-MET-015)', query: { start: NOW, end: NOW }, refused: undefined },
    { what: 'an end a minute ahead (CP-MET-016)', query: { start: NOW, end: NOW + 60 }, refused: undefined },
    { what: 'a second more (CP-MET-016)', query: { start: NOW, end: NOW + 61 }, refused: 'future' },
    { what: '30 days (CP-MET-017)', query: { start: NOW - 30 * DAY, end: NOW }, refused: undefined },
    {
      what: 'a second more (CP-MET-017)',
      query: { start: NOW - 30 * DAY - 1, end: NOW },
      refused: '30 days',
    },
    { what: 'long ago (CP-MET-018)', query: { start: 0, end: 3600 }, refused: undefined },
  ])('$what', ({ query, refused }) => {
    const outcome = ask(query)
    if (refused === undefined) expect(outcome).toEqual({ ...query, interval: 'minute' })
    else expect(outcome).toMatchObject({ code: 'invalid', message: expect.stringContaining(refused) })
  })
})

describe('the intervals of a set (CP-MET-019, CP-MET-020)', () => {
  test.each<[string, SetIntervals, Interval, readonly Interval[]]>([
    ['account-ops', ACCOUNT_SETS['account-ops'], 'hour', ['minute', 'hour', 'day']],
    ['active-basins', ACCOUNT_SETS['active-basins'], 'hour', ['minute', 'hour', 'day']],
    ['storage of a basin', BASIN_SETS.storage, 'hour', ['hour']],
    ['append-ops', BASIN_SETS['append-ops'], 'minute', ['minute', 'hour', 'day']],
    ['read-ops', BASIN_SETS['read-ops'], 'minute', ['minute', 'hour', 'day']],
    ['append-throughput', BASIN_SETS['append-throughput'], 'minute', ['minute', 'hour', 'day']],
    ['read-throughput', BASIN_SETS['read-throughput'], 'minute', ['minute', 'hour', 'day']],
    ['basin-ops', BASIN_SETS['basin-ops'], 'hour', ['minute', 'hour', 'day']],
    ['storage of a stream', STREAM_SETS.storage, 'minute', ['minute']],
  ])('%s', (_name, set, byDefault, allowed) => {
    expect(ask({ start: 0, end: 1 }, set)).toMatchObject({ interval: byDefault })
    for (const interval of ['minute', 'hour', 'day'] as const) {
      expect(ask({ start: 0, end: 1, interval }, set)).toMatchObject(
        allowed.includes(interval) ? { interval } : { code: 'invalid' },
      )
    }
  })
})
