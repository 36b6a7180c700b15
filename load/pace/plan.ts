import { createRandom, seedFor } from '../../kit/random.ts'
import { SECOND_US } from '../measure/clock.ts'

/** How many operations begin per second, at each second of the run. */
export type Rate =
  | { readonly kind: 'constant'; readonly perSecond: number }
  /** Exponential gaps of this mean rate, as independent users make them. */
  | { readonly kind: 'poisson'; readonly perSecond: number }
  /** Rises or falls evenly from one rate to the other over these seconds, and stays there. */
  | { readonly kind: 'ramp'; readonly from: number; readonly to: number; readonly seconds: number }
  /** Every `everySeconds` this many at once. */
  | { readonly kind: 'burst'; readonly size: number; readonly everySeconds: number }

/**
 * When each operation is to begin: in microseconds from the start, in order, without end. It is computed by index and from
 * nothing else, so that what is late stays late and never moves what comes after.
 */
export interface Plan {
  /** To be asked in order: 0, 1, 2 and so on. */
  at(index: number): number
}

/** Of a workload with this seed. Throws a RangeError for a rate that begins nothing. */
export function createPlan(rate: Rate, seed: number): Plan {
  switch (rate.kind) {
    case 'constant':
      return constant(positive(rate.perSecond))
    case 'poisson':
      return poisson(positive(rate.perSecond), seed)
    case 'ramp':
      return ramp(rate)
    case 'burst':
      return burst(positive(rate.size), positive(rate.everySeconds))
  }
}

const constant = (perSecond: number): Plan => ({ at: (index) => (index * SECOND_US) / perSecond })

const burst = (size: number, everySeconds: number): Plan => ({
  at: (index) => Math.floor(index / size) * everySeconds * SECOND_US,
})

/** The only plan with a memory: its sum of gaps. */
function poisson(perSecond: number, seed: number): Plan {
  const random = createRandom(seedFor(seed, 'plan'))
  let next = 0
  let time = 0
  return {
    at(index) {
      for (; next <= index; next++) time += (-Math.log(1 - random()) * SECOND_US) / perSecond
      return time
    },
  }
}

/**
 * After `t` seconds of a ramp `from t + (to - from) t² / 2 seconds` have begun; the time of the `index`-th is where that
 * equals `index`.
 */
function ramp({ from, to, seconds }: Rate & { kind: 'ramp' }): Plan {
  if (from < 0 || to < 0 || from + to <= 0) throw new RangeError('a ramp needs a rate above 0 at one end')
  const slope = (to - from) / positive(seconds)
  const during = ((from + to) / 2) * seconds
  return {
    at(index) {
      if (index >= during)
        return to === 0 ? Number.POSITIVE_INFINITY : (seconds + (index - during) / to) * SECOND_US
      // The root less `from`, over the slope, by a form that a small slope takes no digits from.
      const root = Math.sqrt(Math.max(0, from * from + 2 * slope * index))
      return index === 0 ? 0 : ((2 * index) / (from + root)) * SECOND_US
    },
  }
}

function positive(value: number): number {
  if (!(value > 0) || !Number.isFinite(value))
    throw new RangeError(`a rate must be above 0, and ${value} is not`)
  return value
}

/** How many operations this plan begins within the first seconds; it is gone through, so that random ones are counted too. */
export function plannedWithin(rate: Rate, seed: number, seconds: number): number {
  const plan = createPlan(rate, seed)
  for (let index = 0; ; index++) if (plan.at(index) >= seconds * SECOND_US) return index
}

/** How many operations of a rate begin within the first seconds: for estimates. */
export function expectedWithin(rate: Rate, seconds: number): number {
  switch (rate.kind) {
    case 'constant':
    case 'poisson':
      return rate.perSecond * seconds
    case 'burst':
      return rate.size * Math.ceil(seconds / rate.everySeconds)
    case 'ramp': {
      const inRamp = Math.min(seconds, rate.seconds)
      const slope = (rate.to - rate.from) / rate.seconds
      return rate.from * inRamp + (slope * inRamp * inRamp) / 2 + rate.to * (seconds - inRamp)
    }
  }
}
