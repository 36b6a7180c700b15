import type { StreamState } from '../../../reference-server/semantics/append/stream-state.ts'
import { NO_FENCE } from '../../../reference-server/semantics/batch/fencing-token.ts'
import { stateKey } from '../../../reference-server/store/keys.ts'
import { decodeState, encodeState } from '../../../reference-server/store/stored-state.ts'
import type { StoreDefect } from '../defect.ts'

const STATE = stateKey(0n)[0]

export const lastFenceIsNotStored: StoreDefect = {
  name: 'last-fence-is-not-stored',
  seam: 'store',
  only: 'crash',
  kills: ['CMD-013', 'DUR-012'],
  story: 'The fencing token is stored with the batch after the one that set it.',
  apply(store, fired) {
    const latest = new Map<string, StreamState['fencingToken']>()
    return {
      ...store,
      commit(writes) {
        return store.commit(
          writes.map((write) => {
            if (write.type !== 'put' || write.key[0] !== STATE) return write
            const state = decodeState(write.value)
            const before = latest.get(`${write.key}`) ?? NO_FENCE
            latest.set(`${write.key}`, state.fencingToken)
            if (state.fencingToken === before) return write
            return fired({ ...write, value: encodeState({ ...state, fencingToken: before }) })
          }),
        )
      },
    }
  },
}
