import { randomBytes } from 'node:crypto'
import type { Random } from '../kit/random.ts'

/** What the server takes from the world besides its store and sockets, so that tests and simulations can own it. */
export interface Clock {
  /** Unix time in milliseconds. */
  now(): bigint
  /** Calls `fire` once after this many milliseconds, unless the returned function is called before. */
  timer(milliseconds: number, fire: () => void): () => void
}

/** Milliseconds since some moment, with fractions; never goes back. */
export type Stopwatch = () => number

/** A secret that cannot be guessed: 256 bits of cryptographic randomness, in base64url. */
export type NewSecret = () => string

export const systemClock: Clock = {
  now: () => BigInt(Date.now()),
  timer(milliseconds, fire) {
    const handle = setTimeout(fire, milliseconds)
    return () => clearTimeout(handle)
  },
}

export const systemRandom: Random = () => Math.random()

export const systemStopwatch: Stopwatch = () => performance.now()

export const systemSecret: NewSecret = () => randomBytes(32).toString('base64url')
