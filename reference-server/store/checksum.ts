import { crc32 } from 'node:zlib'
import { uncleared } from '../../proto/unzeroed-bytes.ts'
import { smallBytes, viewOf } from './bytes.ts'

/*
 * Every value on disk ends with a CRC-32, the least significant byte first, that starts from a hash of its key. The key is
 * part of it, so that a value under the key of another is noticed too. In this byte order the CRC of a whole value,
 * checksum included, is one constant for every key, so a read needs one call and no copy.
 */

const CHECKSUM_BYTES = 4
/** The CRC-32 of any bytes that are followed by their own CRC-32. */
const RESIDUE = 0x2144df1c

/** Returns memory for a value that `addChecksum` can complete without a copy. */
export const withRoomForChecksum = (length: number): Uint8Array =>
  uncleared(length + CHECKSUM_BYTES).subarray(0, length)

/** Returns the value followed by its checksum. Uses the memory behind the value if `withRoomForChecksum` reserved it. */
export function addChecksum(key: Uint8Array, value: Uint8Array): Uint8Array {
  const { length } = value
  const bytes = hasRoom(value) ? new Uint8Array(value.buffer) : copyWithRoom(value)
  viewOf(bytes).setUint32(length, crc32(value, hashOf(key)), true)
  return bytes
}

/** Returns the value without its checksum, sharing its memory, or undefined if the checksum is wrong. */
export function removeChecksum(key: Uint8Array, bytes: Uint8Array): Uint8Array | undefined {
  const length = bytes.length - CHECKSUM_BYTES
  return length >= 0 && crc32(bytes, hashOf(key)) === RESIDUE ? bytes.subarray(0, length) : undefined
}

/** FNV-1a of a key: for so few bytes it costs less than a call into native code. */
function hashOf(key: Uint8Array): number {
  let hash = 0x811c9dc5
  for (const byte of key) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}

/** True for a value that owns its buffer, except for the reserved bytes at the end. */
const hasRoom = ({ buffer, byteOffset, length }: Uint8Array): boolean =>
  byteOffset === 0 && buffer.byteLength === length + CHECKSUM_BYTES

function copyWithRoom(value: Uint8Array): Uint8Array {
  const bytes = smallBytes(value.length + CHECKSUM_BYTES)
  bytes.set(value)
  return bytes
}
