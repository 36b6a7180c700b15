import { readEndingWords } from '../../../reports/load/words.ts'
import type { DoubtRule } from '../evidence.ts'

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
