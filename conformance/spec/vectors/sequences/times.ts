/** A time in a sequence: a number, or the arrival of the n-th accepted append, which only the server knows. */
export type Time = { readonly fixed: bigint } | { readonly arrival: number; readonly plus: bigint }

/** Arrivals as the oracle sees them: all different, or all in one millisecond. */
export type Spacing = 'apart' | 'at-once'

/** Clients send times before any arrival, or after every arrival, so that their order is known. */
export const LATEST_PAST: bigint = 1_000_000_000_000n
export const FUTURE: bigint = 4_102_444_800_000n

/** Clients also send times a little later than one that they sent before. */
const LATEST_SENT = LATEST_PAST + 1000n
const BASE = 3_000_000_000_000n
const GAP: Readonly<Record<Spacing, bigint>> = { apart: 1000n, 'at-once': 0n }

export const arrivalOf = (index: number, spacing: Spacing): bigint => BASE + BigInt(index) * GAP[spacing]

/** Returns the number that the oracle takes for this time. */
export function concrete(time: Time, spacing: Spacing): bigint {
  return 'fixed' in time ? time.fixed : arrivalOf(time.arrival, spacing) + time.plus
}

/** Returns the time that this number of a sequence with arrivals `apart` stands for. */
export function timeOf(value: bigint): Time {
  if (value <= LATEST_SENT || value >= FUTURE) return { fixed: value }
  const sinceBase = value - BASE
  return { arrival: Number(sinceBase / GAP.apart), plus: sinceBase % GAP.apart }
}

/** Returns the time in the language of matchers: a number, or `{"$arrival": n}`. */
export function timeToJson(time: Time): unknown {
  if ('fixed' in time) return time.fixed
  return time.plus === 0n ? { $arrival: time.arrival } : { $arrival: time.arrival, plus: time.plus }
}
