import type { Clock } from '../../kit/clock.ts'

/** The time that a check may take: it ends the check when it is over, and grows with every wait that is declared. */
export interface Allowance {
  /** Adds to it; a wait of its own must not use up what the rest of the check needs. */
  extend(seconds: number): void
  /** All of it so far, in seconds. */
  readonly seconds: number
  stop(): void
}

export function createAllowance(seconds: number, clock: Clock, onOver: () => void): Allowance {
  const begun = clock.now()
  let allowed = seconds
  const arm = (): (() => void) => clock.after(Math.max(0, begun + allowed * 1000 - clock.now()), onOver)
  let cancel = arm()
  let isStopped = false
  return {
    extend(more) {
      // What a check left behind may still ask for more.
      if (isStopped) return
      cancel()
      allowed += more
      cancel = arm()
    },
    get seconds() {
      return allowed
    },
    stop() {
      isStopped = true
      cancel()
    },
  }
}
