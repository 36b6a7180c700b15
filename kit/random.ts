/** A number from 0 up to, not including, 1. */
export type Random = () => number

/** Mulberry32: small, and the same on every machine. */
export function createRandom(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A seed of 32 bits for one part of a run, from the run's seed and the part's name. */
export function seedFor(seed: number, name: string): number {
  // FNV-1a over the UTF-16 units.
  let hash = 0x811c9dc5 ^ seed
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}

/** A new array in an order that the seed alone decides. */
export function shuffle<T>(items: readonly T[], random: () => number): T[] {
  const shuffled = [...items]
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    const [left, right] = [shuffled[last], shuffled[other]]
    if (left !== undefined && right !== undefined) {
      shuffled[last] = right
      shuffled[other] = left
    }
  }
  return shuffled
}
