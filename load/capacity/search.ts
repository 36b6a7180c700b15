import type { CapacityOutcome, CapacityStep } from '../../reports/load/capacity.ts'

export interface Search {
  /** Appends per second: the first to be tried, and the most. */
  readonly from: number
  readonly to: number
  /** The rate found and the lowest that fails lie no further apart than this part. */
  readonly precision: number
  /** One run. */
  readonly attempt: (perSecond: number) => Promise<CapacityStep>
  readonly interrupted: AbortSignal
}

export interface Found {
  readonly outcome: CapacityOutcome
  /** The greatest that was confirmed. */
  readonly perSecond?: number
  /** The lowest that does not hold, or of which it could not be told. */
  readonly failsAt?: number
  /** In the order in which they were made. */
  readonly steps: readonly CapacityStep[]
}

/** Rates that held are tried again, each lower one when the one above did not hold twice. */
const MOST_CONFIRMATIONS = 3

/** Doubles until a rate fails, halves the way between, and confirms what it found by one more run. */
export async function findCapacity(search: Search): Promise<Found> {
  const { from, to, precision, interrupted } = search
  const steps: CapacityStep[] = []
  const attempt = async (perSecond: number): Promise<CapacityStep['verdict']> => {
    const once = await search.attempt(perSecond)
    steps.push(once)
    if (once.verdict !== 'inconclusive' || interrupted.aborted) return once.verdict
    // The machine may have been busy with something else.
    const again = await search.attempt(perSecond)
    steps.push(again)
    return again.verdict
  }
  const held: number[] = []
  let failsAt: number | undefined
  const isOver = (): boolean => interrupted.aborted || steps.some(({ verdict }) => verdict === 'violated')
  const tell = async (perSecond: number): Promise<void> => {
    if ((await attempt(perSecond)) === 'holds') held.push(perSecond)
    else failsAt = perSecond
  }
  for (let rate = from; failsAt === undefined && !isOver(); rate = Math.min(to, 2 * rate)) {
    await tell(rate)
    if (rate >= to) break
  }
  for (;;) {
    const best = Math.max(...held)
    if (isOver() || failsAt === undefined || held.length === 0 || failsAt / best <= 1 + precision) break
    const between = rounded(Math.sqrt(best * failsAt))
    if (between <= best || between >= failsAt) break
    await tell(between)
  }
  const confirmed = await confirm(held, attempt, isOver)
  const bound = failsAt === undefined ? {} : { failsAt }
  const isClear =
    failsAt === undefined ||
    steps.some(({ verdict, perSecond }) => verdict === 'fails' && perSecond === failsAt)
  return {
    outcome: outcomeOf({ steps, interrupted, held, confirmed, reachedTo: failsAt === undefined, isClear }),
    ...(confirmed !== undefined && { perSecond: confirmed }),
    ...bound,
    steps,
  }
}

async function confirm(
  held: readonly number[],
  attempt: (perSecond: number) => Promise<CapacityStep['verdict']>,
  isOver: () => boolean,
): Promise<number | undefined> {
  for (const rate of held.toSorted((one, other) => other - one).slice(0, MOST_CONFIRMATIONS)) {
    if (isOver()) return undefined
    if ((await attempt(rate)) === 'holds') return rate
  }
  return undefined
}

interface Ended {
  readonly steps: readonly CapacityStep[]
  readonly interrupted: AbortSignal
  readonly held: readonly number[]
  readonly confirmed: number | undefined
  readonly reachedTo: boolean
  readonly isClear: boolean
}

function outcomeOf({ steps, interrupted, held, confirmed, reachedTo, isClear }: Ended): CapacityOutcome {
  if (steps.some(({ verdict }) => verdict === 'violated')) return 'violation'
  if (interrupted.aborted) return 'interrupted'
  if (held.length === 0) return isClear ? 'never-holds' : 'inconclusive'
  if (confirmed === undefined) return 'unconfirmed'
  if (reachedTo) return 'holds-throughout'
  return isClear ? 'found' : 'inconclusive'
}

/** Three digits are more than a run can tell. */
const rounded = (value: number): number => Number(value.toPrecision(3))
