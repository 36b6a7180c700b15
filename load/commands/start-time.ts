import { UsageError } from '../../kit/usage-error.ts'

/** A day is longer than anybody waits, and not every mistyped date is. */
const MOST_MS = 24 * 3600 * 1000

/**
 * `2026-11-25T22:15:00Z`, with an offset or Z: milliseconds since 1970. Throws `UsageError` for what is no time, or is past,
 * or further away than a day.
 */
export function parseStart(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined) return undefined
  const [whole, day = ''] =
    /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.exec(text.trim()) ?? []
  const at = whole !== undefined && isDay(day) ? Date.parse(whole) : Number.NaN
  if (Number.isNaN(at))
    throw new UsageError(
      `--start-at is a time with its zone, such as ${new Date(nowMs + 60_000).toISOString().slice(0, 19)}Z, not "${text}"`,
    )
  if (at <= nowMs)
    throw new UsageError(`--start-at ${text} is past: it is ${new Date(nowMs).toISOString()} here`)
  if (at - nowMs > MOST_MS) throw new UsageError(`--start-at ${text} is more than a day away`)
  return at
}

/** Of `2026-02-30` V8 makes the 2nd of March. */
function isDay(day: string): boolean {
  const at = Date.parse(day)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day)
}
