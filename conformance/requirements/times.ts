import type { CheckContext } from '../check/context.ts'
import type { Expect } from '../check/expect.ts'
import { serverTime } from './server-time.ts'

/** Milliseconds since 1970 of an RFC 3339 time in UTC; anything else is a finding. */
export function timeOf(expect: Pick<Expect, 'that'>, text: unknown): number {
  const time = typeof text === 'string' && RFC_3339_UTC.test(text) ? Date.parse(text) : Number.NaN
  expect.that(!Number.isNaN(time), 'an RFC 3339 time in UTC', text)
  return time
}

/** As `timeOf`, of something that came about during this check, by the target's own clock. */
export async function recentTimeOf(context: CheckContext, text: unknown): Promise<number> {
  const time = timeOf(context.expect, text)
  await expectRecent(context, time)
  return time
}

/** Milliseconds since 1970, of something that came about during this check. */
export async function expectRecent(context: CheckContext, time: number): Promise<void> {
  const now = await serverTime(context)
  const what = `a time within an hour of the target's clock, ${now}`
  context.expect.that(Math.abs(now - time) <= RECENT_MS, what, time)
}

/** The clocks of a service with many servers may differ a little, and a wait for a deletion may be long. */
const RECENT_MS = 3_600_000

const RFC_3339_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$/
