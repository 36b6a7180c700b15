import { millisecondsUntil } from '../../proto/instant.ts'
import type { Instant } from '../../proto/types.ts'
import type { Clock } from '../environment.ts'
import { LONGEST_TIMER } from '../longest-timer.ts'

/** Calls `fire` once the clock shows this instant, and not before, unless the returned function is called first. */
export function timerUntil(clock: Clock, instant: Instant, fire: () => void): () => void {
  let cancel = (): void => {}
  const arm = (): void => {
    const left = Math.min(millisecondsUntil(instant, clock.now()), LONGEST_TIMER)
    // A timer may come a little early, and a long one comes in parts.
    cancel = clock.timer(left, () => (millisecondsUntil(instant, clock.now()) > 0 ? arm() : fire()))
  }
  arm()
  return () => cancel()
}
