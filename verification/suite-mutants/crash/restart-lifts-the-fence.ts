import { NO_FENCE } from '../../../reference-server/semantics/batch/fencing-token.ts'
import type { StoreDefect } from '../defect.ts'
import { recalledState } from './recalled.ts'

export const restartLiftsTheFence: StoreDefect = {
  name: 'restart-lifts-the-fence',
  seam: 'store',
  only: 'crash',
  kills: ['CMD-013', 'DUR-012'],
  story: 'A restart forgets the fencing token in force.',
  apply: (store, fired) => ({
    ...store,
    get: recalledState(store, (state) =>
      state.fencingToken === NO_FENCE ? state : fired({ ...state, fencingToken: NO_FENCE }),
    ),
  }),
}
