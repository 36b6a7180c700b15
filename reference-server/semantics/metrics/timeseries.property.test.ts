import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Interval, SECONDS_OF } from './metrics-query.ts'
import { accumulate, type Point, readings } from './timeseries.ts'

/* The model keeps single events, to the second, and looks at all of them for each bucket. */

const MINUTE = 60
const SPAN = 3 * 86_400
const second = fc.integer({ min: 0, max: SPAN })
const interval = fc.constantFrom<Interval>('minute', 'hour', 'day')
/** Also some that fall on the edges of minutes, hours and days. */
const moment = fc.oneof(
  second,
  fc
    .tuple(fc.integer({ min: 0, max: 72 }), fc.constantFrom(-1, 0, 1))
    .map(([hour, by]) => Math.max(0, hour * 3600 + by)),
)
const range = fc.tuple(moment, moment, interval).map(([a, b, interval]) => ({
  start: Math.min(a, b),
  end: Math.max(a, b),
  interval,
}))
const events = fc.array(fc.tuple(moment, fc.integer({ min: 1, max: 9 })), { maxLength: 60 })

const minuteOf = (time: number): number => Math.floor(time / MINUTE) * MINUTE

/** As they are noted: by the minute, in any order, and a minute may come in parts. */
const noted = (all: readonly Point[]): readonly Point[] => all.map(([time, value]) => [minuteOf(time), value])

test('an accumulation holds every event of the minutes of its range, in the bucket it is in, and nothing else', () => {
  fc.assert(
    fc.property(events, range, (all, range) => {
      const step = SECONDS_OF[range.interval]
      const expected: Point[] = []
      for (let bucket = 0; bucket <= SPAN; bucket += step) {
        let sum = 0
        for (const [time, value] of all) {
          const isWithin =
            range.start < range.end && minuteOf(time) >= minuteOf(range.start) && minuteOf(time) < range.end
          if (isWithin && time >= bucket && time < bucket + step) sum += value
        }
        if (sum > 0) expected.push([bucket, sum])
      }
      expect(accumulate(noted(all), range)).toEqual(expected)
    }),
  )
})

test.each([60, 90])('nothing is counted in a range without length, at %i (CP-MET-021)', (at) => {
  expect(accumulate([[60, 5]], { start: at, end: at, interval: 'minute' })).toEqual([])
})

test('buckets over a whole number of intervals add up to what happened, whatever the interval', () => {
  fc.assert(
    fc.property(events, interval, (all, interval) => {
      const whole = { start: 0, end: SPAN + 86_400, interval }
      const total = all.reduce((sum, [, value]) => sum + value, 0)
      expect(accumulate(noted(all), whole).reduce((sum, [, value]) => sum + value, 0)).toBe(total)
    }),
  )
})

test('a gauge has a point for every interval of its range that has begun: what it showed when that ended, or now', () => {
  const changes = fc.array(fc.tuple(moment, fc.integer({ min: -5, max: 9 })), { maxLength: 60 })
  fc.assert(
    fc.property(changes, range, moment, (all, range, now) => {
      const step = SECONDS_OF[range.interval]
      const happened = all.filter(([time]) => minuteOf(time) <= minuteOf(now))
      const at = (end: number): number =>
        happened.reduce((sum, [time, change]) => (time < end ? sum + change : sum), 0)
      const expected: Point[] = []
      for (let time = Math.floor(range.start / step) * step; time <= now; time += step) {
        if (time >= range.end && time > range.start) break
        expected.push([time, Math.max(0, at(time + step))])
      }
      const current = happened.reduce((sum, [, change]) => sum + change, 0)
      expect(readings(noted(happened), current, range, now)).toEqual(expected)
    }),
  )
})

test.each<[string, number, readonly Point[]]>([
  [
    'to the end',
    240,
    [
      [60, 5],
      [120, 5],
      [180, 9],
    ],
  ],
  [
    'to a second before',
    239,
    [
      [60, 5],
      [120, 5],
      [180, 9],
    ],
  ],
  [
    'to the start of the last minute',
    180,
    [
      [60, 5],
      [120, 5],
    ],
  ],
  ['without length', 60, [[60, 5]]],
])('a gauge that changed in minutes 60 and 180, %s', (_what, end, points) => {
  const changes: readonly Point[] = [
    [60, 5],
    [180, 4],
  ]
  expect(readings(changes, 9, { start: 60, end, interval: 'minute' }, 1000)).toEqual(points)
})

test('a gauge says nothing of the future', () => {
  expect(readings([], 7, { start: 60, end: 600, interval: 'minute' }, 130)).toEqual([
    [60, 7],
    [120, 7],
  ])
  expect(readings([], 7, { start: 180, end: 190, interval: 'minute' }, 130)).toEqual([])
})

test('changes that do not add up show 0, never less', () => {
  expect(readings([[120, 9]], 5, { start: 60, end: 180, interval: 'minute' }, 1000)).toEqual([
    [60, 0],
    [120, 5],
  ])
})
