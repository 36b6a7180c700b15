import type { MeteredBytes } from '../../proto/types.ts'
import { viewOf } from './bytes.ts'

export function encodeBytes(size: MeteredBytes): Uint8Array {
  const bytes = new Uint8Array(8)
  viewOf(bytes).setBigUint64(0, size)
  return bytes
}

export const decodeBytes = (bytes: Uint8Array): MeteredBytes => viewOf(bytes).getBigUint64(0)
