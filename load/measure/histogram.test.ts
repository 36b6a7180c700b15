import fc from 'fast-check'
import { build, decodeFromCompressedBase64, type Histogram } from 'hdr-histogram-js'
import { describe, expect, test } from 'vitest'
import { isTold, merge, since, valueAt } from './counts.ts'
import { encodeCounts, latencyOf, QUANTILES } from './latency.ts'
import { HIGHEST_US, highestAt, lowestAt, PLACES, placeOf } from './layout.ts'
import { type Counts, RECORDER_BYTES, Recorder } from './recorder.ts'

/** Values over all orders of size, as latencies are. */
const value = fc.oneof(
  fc.integer({ min: 0, max: 5000 }),
  fc.integer({ min: 0, max: HIGHEST_US }),
  fc
    .tuple(fc.integer({ min: 0, max: 31 }), fc.integer({ min: -1, max: 1 }))
    .map(([bits, off]) => Math.max(0, 2 ** bits + off)),
)

function record(values: readonly number[]): Counts {
  const recorder = new Recorder(new SharedArrayBuffer(RECORDER_BYTES))
  for (const each of values) recorder.record(each)
  return recorder.snapshot()
}

function reference(values: readonly number[]): Histogram {
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_US,
    numberOfSignificantValueDigits: 3,
    bitBucketSize: 64,
  })
  for (const each of values) histogram.recordValue(each)
  return histogram
}

describe('the layout', () => {
  test('holds each value between the ends of its place, to three digits', () => {
    fc.assert(
      fc.property(value, (each) => {
        const place = placeOf(each)
        expect(place).toBeLessThan(PLACES)
        expect(lowestAt(place)).toBeLessThanOrEqual(each)
        expect(highestAt(place)).toBeGreaterThanOrEqual(each)
        expect(highestAt(place) - lowestAt(place)).toBeLessThanOrEqual(each / 1000)
      }),
    )
  })

  test('has the places in the order of the values, without a hole', () => {
    for (let place = 1; place < PLACES; place++) expect(lowestAt(place)).toBe(highestAt(place - 1) + 1)
    expect(placeOf(HIGHEST_US)).toBeLessThan(PLACES)
  })
})

describe('what was recorded', () => {
  test('is what HdrHistogram itself counts, quantile by quantile', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), (values) => {
        const [ours, theirs] = [record(values), reference(values)]
        expect(ours.count).toBe(theirs.totalCount)
        for (const quantile of [0, 0.1, 0.5, 0.9, 0.99, 0.999, 1])
          expect(placeOf(valueAt(ours, quantile) ?? -1)).toBe(
            placeOf(theirs.getValueAtPercentile(quantile * 100)),
          )
        expect([ours.least, ours.greatest]).toEqual([Math.min(...values), Math.max(...values)])
      }),
    )
  })

  test('is read by HdrHistogram with every count in its place', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), (values) => {
        const decoded = decodeFromCompressedBase64(encodeCounts(record(values)))
        expect(decoded.totalCount).toBe(values.length)
        for (const quantile of [1, 25, 50, 75, 90, 99, 99.9, 100])
          expect(decoded.getValueAtPercentile(quantile)).toBe(
            reference(values).getValueAtPercentile(quantile),
          )
      }),
      { numRuns: 30 },
    )
  })

  test('merges and parts without loss', () => {
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 100 }),
        fc.array(value, { maxLength: 100 }),
        (first, second) => {
          const whole = record([...first, ...second])
          const merged = merge([record(first), record(second)])
          expect(merged).toEqual(whole)
          const rest = since(record(first), whole)
          expect([...rest.counts]).toEqual([...record(second).counts])
          expect(rest.count).toBe(second.length)
          // Its extremes are known to the place.
          const own = record(second)
          expect([rest.least, rest.greatest].map(placeOf)).toEqual([own.least, own.greatest].map(placeOf))
        },
      ),
      { numRuns: 50 },
    )
  })

  test('counts what is beyond an hour, and below nothing', () => {
    const { count, clipped, greatest, least } = record([HIGHEST_US + 1, HIGHEST_US, -3])
    expect({ count, clipped, greatest, least }).toEqual({
      count: 3,
      clipped: 1,
      greatest: HIGHEST_US,
      least: 0,
    })
  })

  test('tells no quantile that only a few values lie beyond', () => {
    const few = record(Array.from({ length: 999 }, (_, index) => index))
    expect([isTold(few, 0.99), isTold(few, 0.9)]).toEqual([false, true])
    expect(latencyOf(few)?.quantiles).not.toHaveProperty(['p99'])
    expect(latencyOf(few)?.quantiles).toMatchObject({ p50: 499, p90: 899 })
  })

  test.each(QUANTILES)(
    'tells the quantile %d where exactly as many lie beyond it as it takes, and not for one less',
    (quantile) => {
      const enough = Math.round(10 / (1 - quantile))
      expect([enough - 1, enough].map((count) => isTold({ count }, quantile))).toEqual([false, true])
    },
  )
})
