import type { Traced } from '../../../load/measure/trace.ts'
import type { Answered } from '../../known-delay-server/truth-log.ts'

/** One request as the generator measured it beside what the server logged of it, in microseconds. */
export interface Pair {
  readonly responseUs: number
  /** From its arrival to its answer. */
  readonly loggedUs: number
  /** What it may have waited unseen before its arrival was noticed: the server looked elsewhere. */
  readonly unseenUs: number
  /** Sent later than planned. */
  readonly lagUs: number
  /** From the sending until the server saw it. */
  readonly thereUs: number
  /** Answered later than the server had meant to. */
  readonly lateUs: number
  /** From the answer until the generator had taken it. */
  readonly backUs: number
}

/** Appends of one writer on a stream of its own: the number of each is that of its request. Throws where one has no other half. */
export function pairsOf(traced: Iterable<Traced>, answered: readonly Answered[]): readonly Pair[] {
  return Array.from(traced, ({ index, intendedUs, sentUs, endedUs }) => {
    const { lookedUs, arrivedUs, dueUs, writtenUs } = answered[index] ?? NOBODY
    if (!(writtenUs > 0)) throw new Error(`append ${index} was measured, and the server has not answered it`)
    return {
      responseUs: endedUs - intendedUs,
      loggedUs: writtenUs - arrivedUs,
      unseenUs: arrivedUs - Math.max(lookedUs, sentUs),
      lagUs: sentUs - intendedUs,
      thereUs: arrivedUs - sentUs,
      lateUs: writtenUs - dueUs,
      backUs: endedUs - writtenUs,
    }
  })
}

const NOBODY: Answered = { lookedUs: 0, arrivedUs: 0, dueUs: 0, writtenUs: Number.NaN }

/** How far the response lies from what the server knows: it began between the last look before the arrival and the arrival. */
export const offBy = ({ responseUs, loggedUs, unseenUs }: Pair): number =>
  Math.max(loggedUs - responseUs, responseUs - loggedUs - Math.max(0, unseenUs), 0)

/** The value that this fraction of all does not exceed; 0 for none. */
export function quantilesOf(values: readonly number[]): (quantile: number) => number {
  const sorted = Float64Array.from(values).sort()
  return (quantile) => sorted[Math.max(0, Math.ceil(quantile * sorted.length) - 1)] ?? 0
}
