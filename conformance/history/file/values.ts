import type { Position } from '../../../proto/types.ts'
import type { Seen } from '../operation.ts'

/** A number that a double cannot hold: the line must be read by the parser that is exact. */
export class Inexact extends Error {}

export type Members = Readonly<Record<string, unknown>>

export function members(value: unknown): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('no JSON object')
  return value as Members
}

export function text(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new TypeError(`${what} is no text`)
  return value
}

/** A small whole number: an id, a count. */
export function integer(value: unknown, what: string): number {
  const number = typeof value === 'bigint' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number))
    throw new TypeError(`${what} is no whole number`)
  return number
}

/** Milliseconds. */
export function time(value: unknown, what: string): number {
  const number = typeof value === 'bigint' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new TypeError(`${what} is no time`)
  return number
}

/** A 64-bit number. */
export function big(value: unknown, what: string): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value !== 'number' || value < 0) throw new TypeError(`${what} is no number`)
  if (!Number.isSafeInteger(value)) throw new Inexact(`${what} is no whole number`)
  return BigInt(value)
}

export function list(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`${what} is no list`)
  return value
}

/** `[number, timestamp]` */
export function positionIn(value: unknown): Position {
  const [seqNum, timestamp] = list(value, 'a position')
  return { seqNum: big(seqNum, 'a sequence number'), timestamp: big(timestamp, 'a timestamp') }
}

/** `[number, timestamp, body]` */
export function recordIn(value: unknown): Seen {
  const [seqNum, timestamp, body] = list(value, 'a record')
  return {
    seqNum: big(seqNum, 'a sequence number'),
    timestamp: big(timestamp, 'a timestamp'),
    body: text(body, 'a body'),
  }
}
