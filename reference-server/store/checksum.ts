import { crc32 } from 'node:zlib'
import { uncleared } from '../../proto/uncleared.ts'
import { smallBytes, viewOf } from './bytes.ts'

/*
 * Every value on disk ends with a CRC-32 of its key and of the value itself. The key is part of it, so that a value under
 * the key of another is noticed too.
 */

const CHECKSUM_BYTES = 4

/** Returns memory for a value that `addChecksum` can complete without a copy. */
export const withRoomForChecksum = (length: number): Uint8Array =>
  uncleared(length + CHECKSUM_BYTES).subarray(0, length)

/** Returns the value followed by its checksum. Uses the memory behind the value if `withRoomForChecksum` reserved it. */
export function addChecksum(key: Uint8Array, value: Uint8Array): Uint8Array {
  const { length } = value
  const bytes = hasRoom(value) ? new Uint8Array(value.buffer) : copyWithRoom(value)
  viewOf(bytes).setUint32(length, checksum(key, value))
  return bytes
}

/** Returns the value without its checksum, sharing its memory, or undefined if the checksum is wrong. */
export function removeChecksum(key: Uint8Array, bytes: Uint8Array): Uint8Array | undefined {
  const length = bytes.length - CHECKSUM_BYTES
  if (length < 0) return undefined
  const value = bytes.subarray(0, length)
  return viewOf(bytes).getUint32(length) === checksum(key, value) ? value : undefined
}

const checksum = (key: Uint8Array, value: Uint8Array): number => crc32(value, crc32(key))

/** True for a value that owns its buffer, except for the reserved bytes at the end. */
const hasRoom = ({ buffer, byteOffset, length }: Uint8Array): boolean =>
  byteOffset === 0 && buffer.byteLength === length + CHECKSUM_BYTES

function copyWithRoom(value: Uint8Array): Uint8Array {
  const bytes = smallBytes(value.length + CHECKSUM_BYTES)
  bytes.set(value)
  return bytes
}
