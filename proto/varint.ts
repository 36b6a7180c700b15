import { isU64 } from './u64.ts'
import { WireError } from './wire-error.ts'

/*
 * Protobuf's numbers: seven bits in each byte, the lowest first, and the highest bit says that another byte follows. A
 * number that a double holds exactly is written as one; `bigint` pays for its arithmetic only beyond.
 */

/** Of a whole number from 0 to 2^53 - 1. */
export function lengthOfVarint(value: number): number {
  let length = 1
  for (let rest = value; rest >= 128; rest /= 128) length++
  return length
}

/** Writes it at `at`, and returns where it ends. */
export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  let end = at
  let rest = value
  while (rest >= 128) {
    const high = Math.floor(rest / 128)
    bytes[end++] = 128 + (rest - high * 128)
    rest = high
  }
  bytes[end++] = rest
  return end
}

/** Throws `WireError` 'invalid' for a number beyond 64 bits. */
export function lengthOfU64(value: bigint): number {
  const number = Number(value)
  if (isExact(number)) return lengthOfVarint(number)
  if (!isU64(value)) throw new WireError('invalid', `${value} does not fit into 64 bits`)
  return LOW_BYTES + lengthOfVarint(Number(value >> LOW_BITS))
}

/** Of a number that fits into 64 bits; returns where it ends. */
export function writeU64(bytes: Uint8Array, at: number, value: bigint): number {
  const number = Number(value)
  if (isExact(number)) return writeVarint(bytes, at, number)
  let low = Number(BigInt.asUintN(Number(LOW_BITS), value))
  for (let index = 0; index < LOW_BYTES; index++) {
    bytes[at + index] = 128 + (low % 128)
    low = Math.floor(low / 128)
  }
  return writeVarint(bytes, at + LOW_BYTES, Number(value >> LOW_BITS))
}

/** Of a number as a field, which is nothing if it is zero. */
export const lengthOfNumber = (value: bigint): number => (value === 0n ? 0 : 1 + lengthOfU64(value))

/** Writes the field with this tag, unless the number is zero; returns where it ends. */
export function writeNumber(bytes: Uint8Array, at: number, field: number, value: bigint): number {
  if (value === 0n) return at
  bytes[at] = field
  return writeU64(bytes, at + 1, value)
}

/** Reads one after the other. Throws `WireError` 'bad_proto' where the bytes end too early. */
export class VarintReader {
  readonly bytes: Uint8Array
  at: number

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length
  }

  /** If the next byte is this one, goes past it. */
  skip(byte: number): boolean {
    if (this.bytes[this.at] !== byte) return false
    this.at++
    return true
  }

  /** A length: below 2^49. */
  varint(): number {
    let value = 0
    let scale = 1
    for (let left = LOW_BYTES; left > 0; left--) {
      const byte = this.#byte()
      if (byte < 128) return value + byte * scale
      value += (byte - 128) * scale
      scale *= 128
    }
    throw new WireError('bad_proto', 'a length takes more than seven bytes')
  }

  u64(): bigint {
    let value = 0
    let scale = 1
    for (let left = LOW_BYTES; left > 0; left--) {
      const byte = this.#byte()
      if (byte < 128) return BigInt(value + byte * scale)
      value += (byte - 128) * scale
      scale *= 128
    }
    return BigInt.asUintN(64, (BigInt(this.varint()) << LOW_BITS) | BigInt(value))
  }

  /** So many bytes, whose memory is shared. */
  take(length: number): Uint8Array {
    const begin = this.at
    this.at += length
    if (this.at > this.bytes.length) throw tooShort()
    return this.bytes.subarray(begin, this.at)
  }

  #byte(): number {
    const byte = this.bytes[this.at++]
    if (byte === undefined) throw tooShort()
    return byte
  }
}

/** So many of the lowest bytes hold less than a double does. */
const LOW_BYTES = 7
const LOW_BITS = 49n

const isExact = (number: number): boolean => number >= 0 && number <= Number.MAX_SAFE_INTEGER

const tooShort = (): WireError => new WireError('bad_proto', 'the message ends inside a field')
