import { readEndingWords } from '../../../reports/load/words.ts'
import type { DoubtRule } from '../evidence.ts'

/** One is enough, whether or not another has read the same records: those that it never had are the latest of all. */
export const readersGivenUp: DoubtRule = ({ readers: { all, givenUp } }) =>
  givenUp > 0
    ? {
        verdict: 'SUSPECT',
        of: 'target',
        why: `${givenUp} of ${all} readers did not come to the end: what they missed is in no end-to-end time, nor in what was caught up with`,
      }
    : undefined

/** One is enough, as all that came until it read again is late. Those of a fault are meant to end. */
export const readersCut: DoubtRule = ({ readersCut, readEndings, faults }) => {
  const words = readEndingWords(readEndings)
  if (words === undefined || readersCut === 0) return undefined
  const beside = faults.length === 0 ? '' : `, ${readersCut} of them while no fault lasted`
  return {
    verdict: 'SUSPECT',
    of: 'target',
    why: `${words}${beside}; end-to-end times contain how long a reader took to begin again`,
  }
}
