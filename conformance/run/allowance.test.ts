import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { realClock } from '../../kit/clock.ts'
import { createAllowance } from './allowance.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('is over after its seconds, and those that were added', () => {
  const onOver = vi.fn()
  const allowance = createAllowance(60, realClock, onOver)
  vi.advanceTimersByTime(50_000)
  allowance.extend(120)
  expect(allowance.seconds).toBe(180)
  vi.advanceTimersByTime(129_000)
  expect(onOver).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1000)
  expect(onOver).toHaveBeenCalledOnce()
})

test('is over never once it is stopped', () => {
  const onOver = vi.fn()
  const allowance = createAllowance(60, realClock, onOver)
  allowance.stop()
  allowance.extend(1)
  vi.advanceTimersByTime(100_000)
  expect(onOver).not.toHaveBeenCalled()
})
