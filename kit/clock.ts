/** The time that a run sees: its checks, and its clients with their deadlines. It has one, so that all waits are of one kind. */
export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number
  /** Calls `fire` once after this many milliseconds, unless the returned function is called before. */
  after(milliseconds: number, fire: () => void): () => void
}

export const realClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, fire) {
    const timer = setTimeout(fire, milliseconds)
    return () => clearTimeout(timer)
  },
}

/** Rejects with the signal's reason when that is aborted. */
export async function sleep(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const wake = clock.after(milliseconds, resolve)
  const stop = (): void => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  try {
    await promise
  } finally {
    wake()
    signal.removeEventListener('abort', stop)
  }
}
