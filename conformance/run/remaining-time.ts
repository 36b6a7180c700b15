import type { Requirement } from '../check/requirement.ts'
import { costOf } from './costs.ts'

/** The expected time of a row that was never measured. */
const UNMEASURED_MS = 100

/** Returns how long the checks of each row take, in milliseconds, as measured on the reference server. */
export const expectedTimes = (
  selected: readonly Requirement[],
  firstTransportOnly: boolean,
): ReadonlyMap<string, number> =>
  new Map(
    selected.map(({ id, on = ['json'] }) => [
      id,
      (costOf(id)?.ms ?? UNMEASURED_MS) * (firstTransportOnly ? 1 : on.length),
    ]),
  )

/** An estimate from less than this share of the work would be a guess. */
const LEAST_SHARE = 0.1

/** Estimates the remaining time from the share of the expected time that is finished. Undefined at the start. */
export function remainingMs(
  expected: ReadonlyMap<string, number>,
  finished: ReadonlySet<string>,
  elapsedMs: number,
): number | undefined {
  let [whole, done] = [0, 0]
  for (const [id, ms] of expected) {
    whole += ms
    if (finished.has(id)) done += ms
  }
  if (done === 0 || done < whole * LEAST_SHARE) return undefined
  return (elapsedMs * (whole - done)) / done
}
