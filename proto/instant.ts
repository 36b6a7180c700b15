import type { Instant } from './types.ts'

const NANOS_A_MILLI = 1_000_000n
const NANOS_A_SECOND = 1_000_000_000n
const NANOS_A_MINUTE = 60n * NANOS_A_SECOND

/** An RFC 3339 time with any offset; undefined for any other text. What is below a nanosecond is cut off. */
export function parseInstant(text: string): Instant | undefined {
  const [, date = '', time = '', fraction = '', offset = ''] = RFC_3339.exec(text.toUpperCase()) ?? []
  // Date takes the 30th of February for the 2nd of March: only what comes back as it went in is a time.
  const local = Date.parse(`${date}T${time}Z`)
  if (Number.isNaN(local) || new Date(local).toISOString() !== `${date}T${time}.000Z`) return undefined
  const [, sign, hours, minutes] = OFFSET.exec(offset) ?? []
  const ahead = BigInt(Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * NANOS_A_MINUTE
  const nanos = BigInt(fraction.slice(0, 9).padEnd(9, '0'))
  const instant = instantOf(BigInt(local)) + nanos + (sign === '-' ? ahead : -ahead)
  return instant >= FIRST && instant <= LAST ? instant : undefined
}

/** In UTC, with as many digits of a second as there are to say (CP-RT-044). */
export function formatInstant(instant: Instant): string {
  const nanos = ((instant % NANOS_A_SECOND) + NANOS_A_SECOND) % NANOS_A_SECOND
  const seconds = new Date(Number((instant - nanos) / NANOS_A_MILLI)).toISOString().slice(0, -'.000Z'.length)
  const fraction = nanos === 0n ? '' : `.${`${nanos}`.padStart(9, '0').replace(/0+$/, '')}`
  return `${seconds}${fraction}Z`
}

export function instantOf(unixMilliseconds: bigint): Instant {
  return unixMilliseconds * NANOS_A_MILLI
}

/** Milliseconds until then, rounded up; 0 if it has passed. */
export function millisecondsUntil(instant: Instant, unixMilliseconds: bigint): number {
  const left = instant - instantOf(unixMilliseconds)
  return left <= 0n ? 0 : Number((left + NANOS_A_MILLI - 1n) / NANOS_A_MILLI)
}

/** Years have four digits. */
const FIRST = instantOf(BigInt(Date.parse('0000-01-01T00:00:00Z')))
const LAST = instantOf(BigInt(Date.parse('9999-12-31T23:59:59Z'))) + NANOS_A_SECOND - 1n

const RFC_3339 = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/
const OFFSET = /^([+-])(\d\d):(\d\d)$/
