import { EMPTY_STREAM, type StreamState } from '../semantics/append/stream-state.ts'
import { type FencingToken, parseFencingToken } from '../semantics/batch/fencing-token.ts'
import { isRefusal } from '../semantics/refusal.ts'
import { fromUtf8, smallBytes, utf8, viewOf } from './bytes.ts'
import { StoreError } from './store-error.ts'

/** The tail's number and timestamp, the trim point and the bytes appended (8 bytes each); the rest is the fencing token. */
export function encodeState({ tail, trimPoint, appended, fencingToken }: StreamState): Uint8Array {
  const token = utf8(fencingToken)
  const bytes = smallBytes(32 + token.length)
  const view = viewOf(bytes)
  view.setBigUint64(0, tail.seqNum)
  view.setBigUint64(8, tail.timestamp)
  view.setBigUint64(16, trimPoint)
  view.setBigUint64(24, appended)
  bytes.set(token, 32)
  return bytes
}

/** A stream that was never written has no state. */
export function decodeState(bytes: Uint8Array | undefined): StreamState {
  if (bytes === undefined) return EMPTY_STREAM
  const view = viewOf(bytes)
  return {
    tail: { seqNum: view.getBigUint64(0), timestamp: view.getBigUint64(8) },
    trimPoint: view.getBigUint64(16),
    appended: view.getBigUint64(24),
    fencingToken: decodeToken(bytes.subarray(32)),
  }
}

function decodeToken(bytes: Uint8Array): FencingToken {
  const parsed = parseFencingToken(fromUtf8(bytes))
  if (isRefusal(parsed)) throw new StoreError('corrupt', 'the store holds a fencing token that is none')
  return parsed.token
}
