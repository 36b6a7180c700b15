import type { StreamState } from '../../../reference-server/semantics/append/stream-state.ts'
import { EMPTY_STREAM } from '../../../reference-server/semantics/append/stream-state.ts'
import { NO_FENCE } from '../../../reference-server/semantics/batch/fencing-token.ts'
import { allBatches, nextStreamIdKey, stateKey } from '../../../reference-server/store/keys.ts'
import type { Store } from '../../../reference-server/store/store.ts'
import { decodeState, encodeState } from '../../../reference-server/store/stored-state.ts'
import type { Bug } from './bug.ts'

/* What is not as it was after a restart. */

export const fenceIsForgottenAtRestart: Bug = {
  name: 'fence-is-forgotten-at-restart',
  story: 'after a restart every stream is unfenced',
  seams: () => ({ store: loadingStates(async (state) => ({ ...state, fencingToken: NO_FENCE })) }),
}

export const trimIsForgottenAtRestart: Bug = {
  name: 'trim-is-forgotten-at-restart',
  story: 'after a restart trimmed records that are still stored can be read again',
  seams: () => ({ store: loadingStates(async (state) => ({ ...state, trimPoint: 0n })) }),
}

export const timestampsBeginAnewAtRestart: Bug = {
  name: 'timestamps-begin-anew-at-restart',
  story: 'after a restart the last timestamp is no floor for the next',
  seams: () => ({
    store: loadingStates(async (state) => ({ ...state, tail: { ...state.tail, timestamp: 0n } })),
  }),
}

export const numbersBeginAnewWhenEmptied: Bug = {
  name: 'numbers-begin-anew-when-emptied',
  story: 'after a restart a stream of which all is trimmed begins at 0',
  seams: () => ({
    store: loadingStates(async (state, key, store) => {
      const id = new DataView(key.buffer, key.byteOffset, key.length).getBigUint64(1)
      for await (const _ of store.range(allBatches(id))) return state
      return EMPTY_STREAM
    }),
  }),
}

export const streamNumbersAreGivenTwice: Bug = {
  name: 'stream-numbers-are-given-twice',
  story:
    'the number of the next stream is kept in memory only, and the records of an old stream meet a new one',
  seams: () => ({
    store: (healthy) => ({
      ...healthy,
      commit: (writes) => healthy.commit(writes.filter(({ key }) => key[0] !== nextStreamIdKey[0])),
    }),
  }),
}

/** A store that gives the states of streams otherwise than they were put. */
const loadingStates =
  (load: (state: StreamState, key: Uint8Array, store: Store) => Promise<StreamState>) =>
  (healthy: Store): Store => ({
    ...healthy,
    async get(key) {
      const value = await healthy.get(key)
      if (value === undefined || key[0] !== stateKey(0n)[0]) return value
      return encodeState(await load(decodeState(value), key, healthy))
    },
  })
