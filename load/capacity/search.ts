import type { CapacityOutcome, CapacityStep } from '../../reports/load/capacity.ts'

export interface Limits {
  /** Appends per second: the first to be tried, and the most. */
  readonly from: number
  readonly to: number
  /** The rate found and the lowest that fails lie no further apart than this part. */
  readonly precision: number
}

export interface Search extends Limits {
  /** One run. */
  readonly attempt: (perSecond: number) => Promise<CapacityStep>
  readonly interrupted: AbortSignal
}

export interface Found {
  readonly outcome: CapacityOutcome
  /** The greatest that was confirmed. */
  readonly perSecond?: number
  /** The lowest that does not hold. */
  readonly failsAt?: number
  /** The lowest of which it could not be told, where that is what bounds the search. */
  readonly unclearAt?: number
  /** In the order in which they were made. */
  readonly steps: readonly CapacityStep[]
}

/** Rates that held are tried again, each lower one when the one above did not hold twice. */
const MOST_CONFIRMATIONS = 3

/** The machine may have been busy with something else: what is not clear is asked once more. */
const ASKED = 2

/**
 * Doubles until a rate fails, halves the way between, and confirms what it found by one more run. A rate that does not hold
 * again is one that fails: where that leaves the one below it too far from there, the way between is halved once more, now
 * with rates that have to hold twice.
 */
export async function findCapacity(search: Search): Promise<Found> {
  const { from, to, precision, interrupted } = search
  const steps: CapacityStep[] = []
  const held: number[] = []
  let failsAt: number | undefined
  let confirmed: number | undefined
  const isOver = (): boolean => interrupted.aborted || steps.some(({ verdict }) => verdict === 'violated')
  /** Whether it holds; where it does not, it is the lowest of which that is so, since none is tried above such a one. */
  const holds = async (perSecond: number): Promise<boolean> => {
    for (let asked = 0; asked < ASKED; asked++) {
      const step = await search.attempt(perSecond)
      steps.push(step)
      if (step.verdict === 'holds') return true
      if (step.verdict !== 'inconclusive' || interrupted.aborted) break
    }
    failsAt = perSecond
    return false
  }
  for (let rate = from; failsAt === undefined && !isOver(); rate = Math.min(to, 2 * rate)) {
    if (await holds(rate)) held.push(rate)
    if (rate >= to) break
  }
  const halve = async (best: number | undefined, tell: (rate: number) => Promise<boolean>) => {
    let found = best
    for (let left = halvings(precision); left > 0 && !isOver(); left--) {
      const rate = between(found, failsAt, precision)
      if (rate === undefined) break
      if (await tell(rate)) found = rate
    }
    return found
  }
  await halve(held.at(-1), async (rate) => {
    const isHeld = await holds(rate)
    if (isHeld) held.push(rate)
    return isHeld
  })
  for (const rate of held.toSorted((one, other) => other - one).slice(0, MOST_CONFIRMATIONS)) {
    if (isOver() || confirmed !== undefined) break
    if (await holds(rate)) confirmed = rate
  }
  confirmed = await halve(confirmed, async (rate) => (await holds(rate)) && !isOver() && (await holds(rate)))
  return {
    outcome: outcomeOf({ steps, interrupted, held, confirmed, failsAt, precision }),
    ...(confirmed !== undefined && { perSecond: confirmed }),
    ...boundOf(steps, failsAt),
    steps,
  }
}

function boundOf(
  steps: readonly CapacityStep[],
  perSecond: number | undefined,
): Pick<Found, 'failsAt' | 'unclearAt'> {
  if (perSecond === undefined) return {}
  const there = steps.filter((step) => step.perSecond === perSecond && step.verdict !== 'holds')
  return there.every(({ verdict }) => verdict === 'inconclusive')
    ? { unclearAt: perSecond }
    : { failsAt: perSecond }
}

/**
 * How many runs a search makes at the most: from the first rate to the greatest by doubling, by halves between two of them,
 * the confirmations, and by halves once more, each rate twice; and each of all that again where it is not clear.
 */
export function mostAttempts({ from, to, precision }: Limits): number {
  const doublings = 1 + Math.max(0, Math.ceil(Math.log2(to / from)))
  const halves = doublings === 1 ? 0 : halvings(precision)
  return ASKED * (doublings + halves + MOST_CONFIRMATIONS + 2 * halves)
}

/** From a rate and its double to two that lie no further apart than the precision; one more since they are rounded. */
const halvings = (precision: number): number =>
  1 + Math.max(0, Math.ceil(Math.log2(Math.log(2) / Math.log1p(precision))))

/** The rate to try next; undefined where the two are as close as they have to be. */
function between(
  best: number | undefined,
  failsAt: number | undefined,
  precision: number,
): number | undefined {
  if (best === undefined || failsAt === undefined || failsAt / best <= 1 + precision) return undefined
  const rate = rounded(Math.sqrt(best * failsAt))
  return rate > best && rate < failsAt ? rate : undefined
}

interface Ended {
  readonly steps: readonly CapacityStep[]
  readonly interrupted: AbortSignal
  readonly held: readonly number[]
  readonly confirmed: number | undefined
  readonly failsAt: number | undefined
  readonly precision: number
}

function outcomeOf(ended: Ended): CapacityOutcome {
  const { steps, interrupted, held, confirmed, failsAt, precision } = ended
  if (steps.some(({ verdict }) => verdict === 'violated')) return 'violation'
  if (interrupted.aborted) return 'interrupted'
  const isClear = steps.some(({ verdict, perSecond }) => verdict === 'fails' && perSecond === failsAt)
  if (held.length === 0) return isClear ? 'never-holds' : 'inconclusive'
  if (confirmed === undefined) return 'unconfirmed'
  if (failsAt === undefined) return 'holds-throughout'
  return isClear && between(confirmed, failsAt, precision) === undefined ? 'found' : 'inconclusive'
}

/** Three digits are more than a run can tell. */
const rounded = (value: number): number => Number(value.toPrecision(3))
