import { TargetError } from '../target-error.ts'

/**
 * Runs `work` with a signal that aborts when `outer` does, or after `seconds` with a timeout that says what was
 * awaited. Rejects then even if `work` does not listen.
 */
export async function withDeadline<T>(
  awaited: string,
  seconds: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = new AbortController()
  const timer = setTimeout(() => {
    timeout.abort(new TargetError('timeout', `${awaited} did not come within ${seconds} s`))
  }, seconds * 1000)
  const signal = AbortSignal.any([outer, timeout.signal])
  try {
    return await Promise.race([work(signal), aborted(signal)])
  } finally {
    clearTimeout(timer)
  }
}

/** Rejects with the signal's reason once it is aborted; otherwise stays pending and is forgotten. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
