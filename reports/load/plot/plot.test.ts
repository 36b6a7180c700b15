import { describe, expect, test } from 'vitest'
import { type Axis, linearAxis, logAxis, percentileAxis, timeAxis } from './axis.ts'
import { plot } from './plot.ts'

const labels = ({ ticks }: Axis): readonly string[] => ticks.map(({ label }) => label)
const round = (value: number): number => Number(value.toFixed(4))

describe('an axis', () => {
  test.each<[string, Axis, readonly string[]]>([
    ['from 0 to a round value', linearAxis(0, 113, undefined, 4), ['0', '50', '100', '150']],
    ['of nothing at all', linearAxis(0, 0), ['0', '0']],
    ['of small values', linearAxis(0, 0.98, undefined, 4), ['0', '0.5', '1']],
    ['of seconds that ended early', timeAxis(9.998), ['0', '2', '4', '6', '8', '10']],
    ['of minutes', timeAxis(600), ['0:00', '2:00', '4:00', '6:00', '8:00', '10:00']],
    ['of an hour', timeAxis(3600), ['0:00', '10:00', '20:00', '30:00', '40:00', '50:00', '60:00']],
    ['of few sizes', logAxis(3.1, 90), ['2', '5', '10', '20', '50', '100']],
    ['of many sizes', logAxis(0.026, 1212), ['0.1', '1', '10', '100', '1,000']],
    ['of one size', logAxis(5, 5), ['5', '10']],
    ['of percentiles', percentileAxis(100_000), ['50', '90', '99', '99.9', '99.99', '99.999']],
    ['of percentiles of few', percentileAxis(12), ['50', '90']],
  ])('%s has round marks', (_what, axis, marks) => {
    expect(labels(axis)).toEqual(marks)
  })

  test('has its marks where the values are, and what is beyond it at its ends', () => {
    expect(linearAxis(0, 150, undefined, 4).ticks.map(({ at }) => round(at))).toEqual([0, 0.3333, 0.6667, 1])
    const sizes = logAxis(1, 100)
    expect([1, 10, 100, 1000, 0].map((value) => round(sizes.place(value)))).toEqual([0, 0.5, 1, 1, 0])
    const parts = percentileAxis(1000)
    expect([0, 0.9, 0.99, 0.999, 1].map((part) => round(parts.place(part)))).toEqual([
      0, 0.3333, 0.6667, 1, 1,
    ])
  })
})

describe('a plot', () => {
  const drawn = (points: readonly (readonly [number, number] | undefined)[]): string | undefined => {
    const axis = linearAxis(0, 10, undefined, 5)
    const lines = [{ name: 'a', kind: 'response', points }]
    const { text } = plot({ title: 't', unit: 'u', below: 'b', x: axis, y: axis, lines, alt: 'alt' })
    return / d="(.*?)"/.exec(text)?.[1]
  }

  test('joins its points, up being more', () => {
    expect(
      drawn([
        [0, 0],
        [5, 10],
        [10, 5],
      ]),
    ).toBe('M0 1000h0L500 0L1000 500')
  })

  test('has a gap where there is no point, and a dot where one stands alone', () => {
    expect(drawn([[0, 0], undefined, [5, 5], undefined, undefined, [10, 10], [10, 0]])).toBe(
      'M0 1000h0M500 500h0M1000 0h0L1000 1000',
    )
  })
})
