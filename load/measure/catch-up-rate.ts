import type { CatchUpFigures, ReadAmounts } from '../../reports/load/result.ts'

/**
 * Of less, what happens once (connections, the first page, code that is not compiled yet) is a good part, and so is one turn
 * of the scheduler: the next run would tell another rate.
 */
const LEAST_SECONDS = 1

export const hasRate = (seconds: number): boolean => seconds >= LEAST_SECONDS

export function catchUpFigures(amounts: ReadAmounts): CatchUpFigures {
  const { seconds, records, bytes } = amounts
  return hasRate(seconds)
    ? { ...amounts, perSecond: { records: records / seconds, bytes: bytes / seconds } }
    : amounts
}
