import { nounFor } from '../../../../kit/text/how-many.ts'
import { number, percent } from '../../../../reports/load/words.ts'
import type { ValidityCheck } from '../evidence.ts'

/** One append in twenty meets a closed window then, which is well within a p99; a single look of a short run is less. */
const STALLED = 0.05

export const stalled: ValidityCheck = ({ stalled }) =>
  stalled > STALLED
    ? {
        verdict: 'SUSPECT',
        why: `appends waited for an HTTP/2 window ${percent(stalled)} of the time: the target gives too little of it, or more connections are needed`,
      }
    : undefined

/** The target could not answer what it had not been sent: one that waited is one too many, as its response time says so of nobody else. */
export const waited: ValidityCheck = ({ waited, workload: { connections } }) =>
  waited > 0
    ? {
        verdict: 'SUSPECT',
        why: `${waited} appends waited for one before them to leave its connection, of which each thread has ${connections}, and count that in their response times: give more --connections`,
      }
    : undefined

/** It was planned to go then: once is enough, as everything behind it waited as well and no lag tells of it. */
export const inFlightLimitReached: ValidityCheck = ({ heldBack, workload: { inFlightBytes } }) =>
  heldBack > 0
    ? {
        verdict: 'SUSPECT',
        why: `appends were held back ${heldBack} ${nounFor(heldBack, 'times')}, as those before them were the ${number(inFlightBytes)} bytes that each thread may have in flight, and count that in their response times: give more --in-flight`,
      }
    : undefined
