import type { StoreDefect } from '../defect.ts'
import { recalledState } from './recalled.ts'

export const restartTakesBackTheTrim: StoreDefect = {
  name: 'restart-takes-back-the-trim',
  seam: 'store',
  only: 'crash',
  where: 'storage',
  kills: ['DUR-005'],
  story: 'A restart forgets up to where the stream was trimmed.',
  apply: (store, fired) => ({
    ...store,
    get: recalledState(store, (state) =>
      state.trimPoint === 0n ? state : fired({ ...state, trimPoint: 0n }),
    ),
  }),
}
