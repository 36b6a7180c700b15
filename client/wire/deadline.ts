import type { Clock } from '../../kit/clock.ts'
import { TargetError } from '../target-error.ts'

/**
 * Runs `work` with a signal that aborts when `outer` does, or after `seconds` with a timeout that says what was
 * awaited. Rejects then even if `work` does not listen. Once `work` is done its signal is aborted no more.
 */
export async function withDeadline<T>(
  awaited: string,
  seconds: number,
  outer: AbortSignal,
  clock: Clock,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const end = new AbortController()
  const follow = (): void => end.abort(outer.reason)
  if (outer.aborted) follow()
  outer.addEventListener('abort', follow, { once: true })
  const cancel = clock.after(seconds * 1000, () => {
    end.abort(new TargetError('timeout', `${awaited} did not come within ${seconds} s`))
  })
  try {
    return await Promise.race([work(end.signal), aborted(end.signal)])
  } finally {
    cancel()
    outer.removeEventListener('abort', follow)
  }
}

/** Rejects with the signal's reason once it is aborted; otherwise stays pending and is forgotten. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
