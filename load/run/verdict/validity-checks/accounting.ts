import type { ValidityCheck } from '../evidence.ts'

// Counts of one and the same are equal or wrong: these rules have no thresholds.

/**
 * Of a plan each append has a lag when it begins, and when it ends a response time or its place among those that have none:
 * one of them missing was left out.
 */
export const leftOut: ValidityCheck = ({ begun, ended, lag, response, untimed, workload }) => {
  const over = response.count + untimed
  const timed = workload.appends.arrival.kind === 'open' ? lag.count : over
  const missing = begun - ended || timed - over
  if (missing === 0) return undefined
  const why =
    missing > 0
      ? `${missing} appends began and are in no figure: the generator lost them`
      : `${-missing} more appends are in the figures than began: the generator counted them twice`
  return { verdict: 'INVALID', why }
}

/** What never began has no figure that could be missed. */
export const neverBegan: ValidityCheck = ({ planned, begun }) => {
  if (planned === undefined || planned === begun) return undefined
  const why =
    planned > begun
      ? `${planned - begun} appends of the plan never began: the generator left them out`
      : `${begun - planned} appends began that were not planned`
  return { verdict: 'INVALID', why }
}

/** A request for a tail that was answered otherwise is counted as failed: one that is in neither count was left out. */
export const tailsFailed: ValidityCheck = ({ checkTails: { begun, good, failed } }) => {
  if (begun !== good + failed)
    return {
      verdict: 'INVALID',
      why: `${begun - good - failed} requests for a tail began and are in no figure: the generator lost them`,
    }
  return failed > 0
    ? {
        verdict: 'SUSPECT',
        of: 'target',
        why: `${failed} of ${begun} requests for a tail failed: what was answered otherwise than with one is in no time`,
      }
    : undefined
}

export const cutShort: ValidityCheck = ({ interrupted }) =>
  interrupted ? { verdict: 'SUSPECT', why: 'interrupted: this is what there was until then' } : undefined
