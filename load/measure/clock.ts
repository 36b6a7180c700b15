/** Microseconds since the machine started, in fractions: the same clock in every thread. */
export type Now = () => number

export const SECOND_US = 1_000_000

/** Two clocks that run at one pace and count from different moments, in microseconds. */
export interface Clocks {
  common(): number
  own(): number
}

const OURS: Clocks = {
  common: () => Number(process.hrtime.bigint()) / 1000,
  own: () => performance.now() * 1000,
}

/** Of so many looks at both the best is taken: in most of them nothing came between. */
const LOOKS = 50

/** `performance.now` counts from the start of its thread; what lies between it and the common clock is fixed. */
export function createNow(): Now {
  const offset = offsetBetween(OURS)
  return () => performance.now() * 1000 + offset
}

/**
 * How far the common clock is ahead of the own one, by the look at both that took the least time: a thread that lost its
 * processor between the two would be wrong by that for as long as it lives.
 */
export function offsetBetween({ common, own }: Clocks): number {
  let least = Number.POSITIVE_INFINITY
  let offset = 0
  for (let look = 0; look < LOOKS; look++) {
    const before = common()
    const between = own()
    const after = common()
    if (after - before >= least) continue
    least = after - before
    offset = (before + after) / 2 - between
  }
  return offset
}
