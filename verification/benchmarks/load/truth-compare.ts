import { tolerance } from '../../../load/run/verdict/tolerance.ts'
import { stalledQuantile } from '../../known-delay-server/delays.ts'
import { offBy, type Pair, quantilesOf } from './truth-pairs.ts'

export const QUANTILES = [0.5, 0.9, 0.99, 0.999] as const

/** What a quantile should be and what was measured, in microseconds, and by how much they may differ. */
export interface Compared {
  readonly quantile: number
  readonly truth: number
  readonly measured: number
  readonly allowed: number
  /** Of the differences request by request, where these are judged too. */
  readonly pairwise?: number
}

export const isWithin = ({ truth, measured, allowed, pairwise = 0 }: Compared): boolean =>
  Math.abs(measured - truth) <= allowed && pairwise <= allowed

/** Beside what is calculated of a stall: within 1 % and 0.2 ms. */
export function besideStall(
  response: (quantile: number) => number,
  run: { readonly seconds: number; readonly delayUs: number; readonly stallUs: number },
): readonly Compared[] {
  return QUANTILES.map((quantile) => {
    const truth = stalledQuantile(quantile, run.seconds, run.delayUs, run.stallUs)
    return { quantile, truth, measured: response(quantile), allowed: truth / 100 + 200 }
  })
}

/** Beside what the server logged: p50 and p90 within 1 % and 0.2 ms, beyond them within 1 ms, all together and one by one. */
export function besideLog(
  response: (quantile: number) => number,
  pairs: readonly Pair[],
): readonly Compared[] {
  const logged = quantilesOf(pairs.map(({ loggedUs }) => loggedUs))
  const pairwise = quantilesOf(pairs.map(offBy))
  return QUANTILES.map((quantile) => {
    const truth = logged(quantile)
    const allowed = quantile < 0.95 ? tolerance(quantile, truth) : 1000
    return { quantile, truth, measured: response(quantile), allowed, pairwise: pairwise(quantile) }
  })
}
