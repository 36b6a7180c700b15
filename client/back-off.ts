/** How often a request is sent again that the target puts off, and the wait before it where the target names none. */
const ATTEMPTS = 8
const FIRST_MS = 100
/** Longer than this nobody is asked to wait. */
const LONGEST_MS = 5000

/**
 * Milliseconds to wait before the request is sent again, after it was answered with 429 this many times; undefined where
 * that answer stands. `retry-after-ms` is S2's own, `retry-after` (in seconds) that of HTTP.
 */
export function backOff(
  status: number,
  headers: Readonly<Record<string, string>>,
  times: number,
): number | undefined {
  if (status !== 429 || times >= ATTEMPTS) return undefined
  const asked = number(headers['retry-after-ms']) ?? scaled(number(headers['retry-after']))
  return Math.min(LONGEST_MS, asked ?? FIRST_MS * 2 ** (times - 1))
}

const number = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined

const scaled = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : seconds * 1000
