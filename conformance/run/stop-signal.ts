import { BudgetSpent, Interrupted, type RunEnded } from './judge.ts'

/** Ends a run, and says why. */
export interface Stop {
  /** Its reason is a `RunEnded`. */
  readonly signal: AbortSignal
  /** So much was allowed, and it is used up. */
  spend(what: string): void
  /** Whatever ends the run from now on comes too late. */
  release(): void
}

/** Aborts when the user interrupts or the budget is spent, with the reason that the judge knows. */
export function stopSignal(interrupted: AbortSignal): Stop {
  const controller = new AbortController()
  let isReleased = false
  const stop = (reason: RunEnded): void => {
    if (!isReleased) controller.abort(reason)
  }
  const interrupt = (): void => stop(new Interrupted())
  if (interrupted.aborted) interrupt()
  interrupted.addEventListener('abort', interrupt, { once: true })
  return {
    signal: controller.signal,
    spend: (what) => stop(new BudgetSpent(what)),
    release() {
      isReleased = true
      interrupted.removeEventListener('abort', interrupt)
    },
  }
}
