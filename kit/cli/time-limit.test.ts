import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { TimeSpent } from '../run-ended.ts'
import { quietIo } from '../testing/quiet-io.ts'
import type { Io } from './command.ts'
import { withTimeLimit } from './time-limit.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function limited(seconds: number | undefined, more: Partial<Io> = {}) {
  const reported: string[] = []
  const end = Promise.withResolvers<void>()
  let seen: Io | undefined
  const io = { ...quietIo, err: (text: string) => void reported.push(text), ...more }
  const done = withTimeLimit(io, 's2', seconds, async (own) => {
    seen = own
    await end.promise
  })
  return { done, reported, end: end.resolve, signal: () => seen?.interrupted }
}

test('interrupts the command once, with the reason, when the time is over', () => {
  const { reported, signal } = limited(5)
  vi.advanceTimersByTime(4999)
  expect([signal()?.aborted, reported]).toEqual([false, []])
  vi.advanceTimersByTime(1)
  expect(signal()?.reason).toEqual(new TimeSpent(5))
  expect(reported).toEqual(['s2: the time limit of 5 s (--max-seconds) is over: stopping and cleaning up\n'])
})

test('leaves no timer behind', async () => {
  const { done, end } = limited(5)
  expect(vi.getTimerCount()).toBe(1)
  end()
  await done
  expect(vi.getTimerCount()).toBe(0)
})

test('says nothing to a command that the user has ended', () => {
  const user = new AbortController()
  const { reported, signal } = limited(5, { interrupted: user.signal })
  user.abort()
  vi.advanceTimersByTime(5000)
  expect([signal()?.aborted, signal()?.reason instanceof TimeSpent, reported]).toEqual([true, false, []])
})

test('without a limit the command has what it was given', () => {
  const user = new AbortController()
  const { signal } = limited(undefined, { interrupted: user.signal })
  expect(signal()).toBe(user.signal)
  expect(vi.getTimerCount()).toBe(0)
})
