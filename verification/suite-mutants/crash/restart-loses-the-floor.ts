import type { StoreDefect } from '../defect.ts'
import { recalledState } from './recalled.ts'

export const restartLosesTheFloor: StoreDefect = {
  name: 'restart-loses-the-floor',
  seam: 'store',
  only: 'crash',
  kills: ['DUR-012'],
  story: 'After a restart timestamps may fall: the floor was kept in memory alone.',
  apply: (store, fired) => ({
    ...store,
    get: recalledState(store, (state) =>
      state.tail.timestamp === 0n ? state : fired({ ...state, tail: { ...state.tail, timestamp: 0n } }),
    ),
  }),
}
