import { studentT, Z_ONE_SIDED } from '../../../load/compare/student.ts'

export interface Point {
  /** In whatever unit; so are the values. */
  readonly at: number
  readonly value: number
}

/** How much a value grows by one unit of `at`, between which bounds, and how much at most; with 95 % confidence each. */
export interface Slope {
  readonly slope: number
  readonly low: number
  readonly high: number
  /** What the bound alone says: that it grows by no more than this. */
  readonly atMost: number
}

/** Samples that follow one another are alike, so that it is means of so many stretches that count as independent. */
const BLOCKS = 12

/** Of a straight line through the points, by least squares. Throws `RangeError` for fewer points than it has stretches. */
export function slopeOf(points: readonly Point[]): Slope {
  if (points.length < BLOCKS) throw new RangeError(`${points.length} points are too few for a slope`)
  const blocks = Array.from({ length: BLOCKS }, (_none, block) => {
    const some = points.slice(
      Math.floor((block * points.length) / BLOCKS),
      Math.floor(((block + 1) * points.length) / BLOCKS),
    )
    return { at: mean(some.map(({ at }) => at)), value: mean(some.map(({ value }) => value)) }
  })
  const [middle, level] = [mean(blocks.map(({ at }) => at)), mean(blocks.map(({ value }) => value))]
  const spread = sum(blocks.map(({ at }) => (at - middle) ** 2))
  const slope = sum(blocks.map(({ at, value }) => (at - middle) * (value - level))) / spread
  const residuals = sum(blocks.map(({ at, value }) => (value - level - slope * (at - middle)) ** 2))
  const deviation = Math.sqrt(residuals / (BLOCKS - 2) / spread)
  const error = deviation * studentT(BLOCKS - 2)
  return {
    slope,
    low: slope - error,
    high: slope + error,
    atMost: slope + deviation * studentT(BLOCKS - 2, Z_ONE_SIDED),
  }
}

/** The least of every so many points, which may be fewer in the end. */
export const leastOf = (points: readonly Point[], length: number): readonly Point[] =>
  Array.from({ length: Math.ceil(points.length / length) }, (_none, stretch) =>
    points
      .slice(stretch * length, (stretch + 1) * length)
      .reduce((least, point) => (point.value < least.value ? point : least)),
  )

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const mean = (values: readonly number[]): number => sum(values) / values.length
