import { expect, test, vi } from 'vitest'
import { waitUntil } from './wait-until.ts'

const never = new AbortController().signal

test('a timer that fires too early is not taken for the moment', async () => {
  vi.useFakeTimers()
  try {
    // The clock of the timers runs a thousandth faster than the one that counts.
    const begin = Date.now()
    const now = (): number => (Date.now() - begin) * 999
    const waiting = waitUntil(1_000_000, now, never).then((isThere) => [isThere, now()])
    await vi.advanceTimersByTimeAsync(2000)
    const [isThere, at] = await waiting
    expect(isThere).toBe(true)
    expect(at).toBeGreaterThanOrEqual(1_000_000)
  } finally {
    vi.useRealTimers()
  }
})

test('it ends when it is interrupted, and does not begin when it was', async () => {
  const interrupt = new AbortController()
  const waiting = waitUntil(60_000_000, () => 0, interrupt.signal)
  interrupt.abort()
  expect(await waiting).toBe(false)
  expect(await waitUntil(0, () => 0, interrupt.signal)).toBe(false)
})
