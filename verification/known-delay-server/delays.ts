import { createRandom } from '../../kit/random.ts'
import { SECOND_US } from '../../load/measure/clock.ts'

/** How long a server of known slowness takes for each request, in microseconds. */
export type Delays =
  | { readonly kind: 'constant'; readonly us: number }
  /** Half of them take longer than `medianUs`; `sigma` is the deviation of the logarithm. */
  | { readonly kind: 'lognormal'; readonly medianUs: number; readonly sigma: number; readonly seed: number }

export function createDelays(delays: Delays): () => number {
  if (delays.kind === 'constant') return () => delays.us
  const { medianUs, sigma, seed } = delays
  const normal = createNormal(seed)
  return () => medianUs * Math.exp(sigma * normal())
}

/** Box and Muller. */
function createNormal(seed: number): () => number {
  const random = createRandom(seed)
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** For a while a server answers nothing at all; then it answers all that has come meanwhile. In microseconds. */
export interface Stall {
  readonly fromUs: number
  readonly lengthUs: number
}

/** When a request that arrives at this time of the run may go on. */
export function stallEnd(arrivedUs: number, stall: Stall | undefined): number {
  if (stall === undefined) return arrivedUs
  const { fromUs, lengthUs } = stall
  return arrivedUs >= fromUs && arrivedUs < fromUs + lengthUs ? fromUs + lengthUs : arrivedUs
}

/**
 * What this quantile of the response times is, by calculation: of requests that come evenly over `seconds`, each of which
 * takes `delayUs`, while a stall of `stallUs` lies within that time. Who comes in the stall waits for the rest of it.
 */
export function stalledQuantile(quantile: number, seconds: number, delayUs: number, stallUs: number): number {
  const part = stallUs / (seconds * SECOND_US)
  const unaffected = 1 - part
  if (quantile <= unaffected) return delayUs
  return delayUs + ((quantile - unaffected) / part) * stallUs
}
