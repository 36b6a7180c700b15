import { nounFor } from '../../../../kit/text/how-many.ts'
import { readEndingWords } from '../../../../reports/load/words.ts'
import type { ValidityCheck } from '../evidence.ts'

/** One is enough, though another has read the same records: those that it never had would be the latest of all. */
export const tailReadersGivenUp: ValidityCheck = ({ readersGivenUp: { tail } }) =>
  tail > 0
    ? {
        verdict: 'INVALID',
        of: 'target',
        why: `${tail} ${nounFor(tail, 'readers')} at the tail did not come to the end: what was missed is in no end-to-end time`,
      }
    : undefined

export const catchUpReadersGivenUp: ValidityCheck = ({ readersGivenUp: { catchUp } }) =>
  catchUp > 0
    ? {
        verdict: 'SUSPECT',
        of: 'target',
        why: `${catchUp} ${nounFor(catchUp, 'readers')} did not come to the end of what was to be caught up with, the rate of which lacks the rest`,
      }
    : undefined

/** One is enough, as all that came until it read again is late. Those of a fault are meant to end. */
export const readersCut: ValidityCheck = ({ readersCut, readEndings, faults }) => {
  const words = readEndingWords(readEndings)
  if (words === undefined || readersCut === 0) return undefined
  const beside = faults.length === 0 ? '' : `, ${readersCut} of them while no fault lasted`
  return {
    verdict: 'SUSPECT',
    of: 'target',
    why: `${words}${beside}; end-to-end times contain how long a reader took to begin again`,
  }
}
