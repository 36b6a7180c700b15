import { readEndingWords } from '../../../reports/load/words.ts'
import type { DoubtRule } from '../evidence.ts'

/** One is enough, as all that came until it read again is late. Those of a fault are meant to end. */
export const readersCut: DoubtRule = ({ readEndings, faults }) => {
  const words = readEndingWords(readEndings)
  return words !== undefined && faults.length === 0
    ? { verdict: 'SUSPECT', why: `${words}; end-to-end times contain how long a reader took to begin again` }
    : undefined
}
