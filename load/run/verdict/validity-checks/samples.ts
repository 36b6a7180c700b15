import type { ValidityCheck } from '../evidence.ts'

export const nothingMeasured: ValidityCheck = ({ acked, response, untimed }) => {
  if (acked > 0) return undefined
  return response.count + untimed === 0
    ? { verdict: 'INVALID', why: 'no append ended in the measured time' }
    : { verdict: 'INVALID', of: 'target', why: 'no append was acknowledged in the measured time' }
}

/** Of fewer not even a p90 is told, as ten values are to lie beyond a quantile that is. */
const FEW = 100

export const fewSamples: ValidityCheck = ({ response }) =>
  response.count > 0 && response.count < FEW
    ? { verdict: 'SUSPECT', why: `${response.count} appends are few: give it more seconds or a higher rate` }
    : undefined
