import type { Clock } from '../../kit/clock.ts'
import type { Recording } from './recording.ts'

/** A clock that records when its sleeps were over. */
export function recordClock(clock: Clock, recording: Recording, now: () => number): Clock {
  return {
    now,
    after(milliseconds, fire) {
      const sleep = { milliseconds, at: Number.POSITIVE_INFINITY }
      recording.sleeps.push(sleep)
      return clock.after(milliseconds, () => {
        sleep.at = now()
        fire()
      })
    },
  }
}
