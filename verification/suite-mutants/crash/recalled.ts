import type { StreamState } from '../../../reference-server/semantics/append/stream-state.ts'
import { allStreams, stateKey } from '../../../reference-server/store/keys.ts'
import type { Store } from '../../../reference-server/store/store.ts'
import { decodeState, encodeState } from '../../../reference-server/store/stored-state.ts'
import {
  decodeStream,
  encodeStream,
  type StoredStream,
} from '../../../reference-server/store/stored-stream.ts'

/*
 * What a server remembers wrongly of what it stored: it looks there only after a restart, and goes by its memory until then.
 */

const STATE = stateKey(0n)[0]
const STREAM = allStreams.from[0]

/** `get` of a store that remembers other states of its streams. */
export function recalledState(store: Store, recall: (state: StreamState) => StreamState): Store['get'] {
  return async (key) => {
    const value = await store.get(key)
    return value === undefined || key[0] !== STATE ? value : encodeState(recall(decodeState(value)))
  }
}

/** `get` of a store that remembers its streams as others. */
export function recalledStream(store: Store, recall: (stream: StoredStream) => StoredStream): Store['get'] {
  return async (key) => {
    const value = await store.get(key)
    return value === undefined || key[0] !== STREAM ? value : encodeStream(recall(decodeStream(value)))
  }
}
