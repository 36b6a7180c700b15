/** Waits for this time of the clock, in microseconds. False when it was interrupted before. */
export async function waitUntil(
  timeUs: number,
  now: () => number,
  interrupted: AbortSignal,
): Promise<boolean> {
  // A timer may fire a little early.
  for (let left = timeUs - now(); left > 0 && !interrupted.aborted; left = timeUs - now()) {
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer)
        interrupted.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, Math.max(1, left / 1000))
      interrupted.addEventListener('abort', end, { once: true })
    })
  }
  return !interrupted.aborted
}
