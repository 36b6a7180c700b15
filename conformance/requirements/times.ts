import type { Expect } from '../expect.ts'

/** Milliseconds since 1970 of an RFC 3339 time in UTC; anything else is a finding. */
export function timeOf(expect: Pick<Expect, 'that'>, text: unknown): number {
  const time = typeof text === 'string' && RFC_3339_UTC.test(text) ? Date.parse(text) : Number.NaN
  expect.that(!Number.isNaN(time), 'an RFC 3339 time in UTC', text)
  return time
}

const RFC_3339_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$/
