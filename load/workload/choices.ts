import type { Random } from '../../conformance/run/random.ts'
import type { Appends, BatchShape, Choice, Size } from './workload.ts'

/** The shapes of batches, one after the other: always the same array where all are alike, so that its bytes are made once. */
export function createShapes(
  { batch, recordBytes }: Pick<Appends, 'batch' | 'recordBytes'>,
  random: Random,
): () => BatchShape {
  const alike = isFixed(recordBytes)
  const shapes = new Map<number, BatchShape>()
  return () => {
    const count = pick(batch, random)
    if (!alike) return Array.from({ length: count }, () => pick(recordBytes, random))
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

export const meanOf = ({ least, most }: Size): number => (least + most) / 2

const pick = ({ least, most }: Size, random: Random): number =>
  least === most ? least : least + Math.floor(random() * (most - least + 1))

/** Where the part of each stream ends between 0 and 1; the first one is the most popular. */
function zipfBounds(streams: number, exponent: number): Float64Array {
  const bounds = new Float64Array(streams)
  let sum = 0
  for (let rank = 0; rank < streams; rank++) {
    sum += 1 / (rank + 1) ** exponent
    bounds[rank] = sum
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
