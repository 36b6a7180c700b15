import type { StoreDefect } from '../defect.ts'
import { recalledState } from './recalled.ts'

export const restartGivesTheLastNumberAgain: StoreDefect = {
  name: 'restart-gives-the-last-number-again',
  seam: 'store',
  only: 'crash',
  kills: ['DUR-012'],
  story: 'The first record after a restart takes the number and the place of the last one before it.',
  apply: (store, fired) => ({
    ...store,
    get: recalledState(store, (state) => {
      const { tail, trimPoint } = state
      // Trims are gone on with at the start, where the server would look at its records and not come up at all.
      return tail.seqNum === 0n || trimPoint > 0n
        ? state
        : fired({ ...state, tail: { ...tail, seqNum: tail.seqNum - 1n } })
    }),
  }),
}
