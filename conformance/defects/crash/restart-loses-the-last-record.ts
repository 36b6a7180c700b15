import type { StoreDefect } from '../defect.ts'
import { recalledState } from './recalled.ts'

export const restartLosesTheLastRecord: StoreDefect = {
  name: 'restart-loses-the-last-record',
  seam: 'store',
  only: 'crash',
  kills: ['DUR-012', 'DUR-004'],
  story: 'A stream comes back from a restart one record short.',
  apply: (store, fired) => ({
    ...store,
    get: recalledState(store, (state) =>
      state.tail.seqNum === 0n
        ? state
        : fired({ ...state, tail: { ...state.tail, seqNum: state.tail.seqNum - 1n } }),
    ),
  }),
}
