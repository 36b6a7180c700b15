import { type FencingToken, parseFencingToken } from '../semantics/fencing-token.ts'
import { isRefusal } from '../semantics/refusal.ts'
import { EMPTY_STREAM, type StreamState } from '../semantics/stream-state.ts'
import { fromUtf8, utf8, viewOf } from './bytes.ts'
import { StoreError } from './store-error.ts'

/** The tail's number and timestamp and the trim point (8 bytes each); the rest is the fencing token. */
export function encodeState({ tail, trimPoint, fencingToken }: StreamState): Uint8Array {
  const token = utf8(fencingToken)
  const bytes = new Uint8Array(24 + token.length)
  const view = viewOf(bytes)
  view.setBigUint64(0, tail.seqNum)
  view.setBigUint64(8, tail.timestamp)
  view.setBigUint64(16, trimPoint)
  bytes.set(token, 24)
  return bytes
}

/** A stream that was never written has no state. */
export function decodeState(bytes: Uint8Array | undefined): StreamState {
  if (bytes === undefined) return EMPTY_STREAM
  const view = viewOf(bytes)
  return {
    tail: { seqNum: view.getBigUint64(0), timestamp: view.getBigUint64(8) },
    trimPoint: view.getBigUint64(16),
    fencingToken: decodeToken(bytes.subarray(24)),
  }
}

function decodeToken(bytes: Uint8Array): FencingToken {
  const parsed = parseFencingToken(fromUtf8(bytes))
  if (isRefusal(parsed)) throw new StoreError('corrupt', 'the store holds a fencing token that is none')
  return parsed.token
}
