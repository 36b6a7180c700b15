import type { Random } from '../../kit/random.ts'
import type { RecordSize, Size } from './size.ts'
import type { Appends, BatchShape, Choice } from './workload.ts'

/** The shapes of batches, one after the other: always the same array where all are alike, so that its bytes are made once. */
export function createShapes(
  { batch, recordBytes }: Pick<Appends, 'batch' | 'recordBytes'>,
  random: Random,
): () => BatchShape {
  const alike = isFixed(recordBytes)
  const nextBytes = createSizes(recordBytes, random)
  const shapes = new Map<number, BatchShape>()
  return () => {
    const count = pick(batch, random)
    if (!alike) return Array.from({ length: count }, nextBytes)
    const known = shapes.get(count) ?? Array.from({ length: count }, () => recordBytes.least)
    shapes.set(count, known)
    return known
  }
}

/** Indices of streams, one after the other. */
export function createChooser(choice: Choice, streams: number, random: Random): () => number {
  if (streams === 1) return () => 0
  if (choice.kind === 'uniform') return () => Math.floor(random() * streams)
  const bounds = zipfBounds(streams, choice.exponent)
  return () => firstAbove(bounds, random())
}

export const isFixed = ({ least, most }: Size): boolean => least === most

/** Of as many as one likes. */
export function meanOf({ least, most, distribution }: RecordSize): number {
  switch (distribution?.kind) {
    case undefined:
      return (least + most) / 2
    case 'weighted':
      return meanBy(distribution.sizes.map((size) => [meanOf(size), size.weight]))
    case 'log-normal': {
      const { median, sigma } = distribution
      // Over the normal distribution, step by step, as far as there is anything of it.
      const steps = Array.from({ length: 1601 }, (_, step) => (step - 800) / 100)
      return meanBy(
        steps.map((z) => [clamp(median * Math.exp(sigma * z), least, most), Math.exp((-z * z) / 2)]),
      )
    }
  }
}

function meanBy(weighted: readonly (readonly [value: number, weight: number])[]): number {
  const total = weighted.reduce((sum, [, weight]) => sum + weight, 0)
  return weighted.reduce((sum, [value, weight]) => sum + value * weight, 0) / total
}

/** Sizes, one after the other. */
function createSizes(size: RecordSize, random: Random): () => number {
  const { least, most, distribution } = size
  switch (distribution?.kind) {
    case undefined:
      return () => pick(size, random)
    case 'weighted': {
      const { sizes } = distribution
      const bounds = boundsOf(sizes.map(({ weight }) => weight))
      return () => pick(sizes[firstAbove(bounds, random())] ?? size, random)
    }
    case 'log-normal': {
      const { median, sigma } = distribution
      return () => Math.round(clamp(median * Math.exp(sigma * normal(random)), least, most))
    }
  }
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))

/** Around 0, with a deviation of 1 (Box and Muller). */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

const pick = ({ least, most }: Size, random: Random): number =>
  least === most ? least : least + Math.floor(random() * (most - least + 1))

/** The first one is the most popular. */
const zipfBounds = (streams: number, exponent: number): Float64Array =>
  boundsOf(Array.from({ length: streams }, (_, rank) => 1 / (rank + 1) ** exponent))

/** Where the part of each ends between 0 and 1. */
function boundsOf(weights: readonly number[]): Float64Array {
  const bounds = new Float64Array(weights.length)
  let sum = 0
  for (const [at, weight] of weights.entries()) {
    sum += weight
    bounds[at] = sum
  }
  return bounds.map((bound) => bound / sum)
}

function firstAbove(bounds: Float64Array, value: number): number {
  let [low, high] = [0, bounds.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((bounds[middle] ?? 1) > value) high = middle
    else low = middle + 1
  }
  return low
}
