import { afterEach, expect, test, vi } from 'vitest'
import { withDeadline } from './with-deadline.ts'

afterEach(() => {
  vi.useRealTimers()
})

test('what comes in time is what comes of it, and what does not is told', async () => {
  vi.useFakeTimers()
  await expect(withDeadline(Promise.resolve(1), 10, 'late')).resolves.toBe(1)
  await expect(withDeadline(Promise.reject(new Error('broken')), 10, 'late')).rejects.toThrow('broken')
  expect(vi.getTimerCount()).toBe(0)
  const late = expect(withDeadline(new Promise(() => {}), 10, 'late')).rejects.toThrow('late')
  await vi.advanceTimersByTimeAsync(10)
  await late
})
