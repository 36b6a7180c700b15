import { setTimeout as delay } from 'node:timers/promises'

/** The time that checks see. A run has one, so that all its waits stretch or shrink together. */
export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number
  /** Rejects with the signal's reason when that is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
}

export const realClock: Clock = {
  now: () => performance.now(),
  async sleep(milliseconds, signal) {
    try {
      await delay(milliseconds, undefined, { signal })
    } catch (error) {
      throw signal.aborted ? signal.reason : error
    }
  },
}
