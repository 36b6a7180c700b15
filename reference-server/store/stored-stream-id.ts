import { viewOf } from './bytes.ts'
import type { StreamId } from './keys.ts'

export function encodeStreamId(id: StreamId): Uint8Array {
  const bytes = new Uint8Array(8)
  viewOf(bytes).setBigUint64(0, id)
  return bytes
}

export const decodeStreamId = (bytes: Uint8Array): StreamId => viewOf(bytes).getBigUint64(0)
