import { expect, test } from 'vitest'
import { StoreError } from '../store/store-error.ts'
import { FakeClock, settle } from '../testing/fake-clock.ts'
import { Background } from './background.ts'

test('stopping cancels what waits, and waits for what runs', async () => {
  const clock = new FakeClock()
  const background = new Background(clock, () => {})
  const running = Promise.withResolvers<void>()
  const ran: string[] = []
  background.after(10, async () => {
    await running.promise
    ran.push('begun')
  })
  background.after(20, async () => {
    ran.push('waiting')
  })
  await clock.advance(10)
  let stopped = false
  const stopping = background.stop().then(() => {
    stopped = true
  })
  expect([background.stopping, clock.pending]).toEqual([true, 0])
  background.after(1, async () => {
    ran.push('late')
  })
  await clock.advance(100)
  expect(stopped).toBe(false)
  running.resolve()
  await stopping
  expect(ran).toEqual(['begun'])
})

test('a failed store is not held against a task, a fault of ours is', async () => {
  const reported: unknown[] = []
  const background = new Background(new FakeClock(), (error) => reported.push(error))
  background.run(() => Promise.reject(new StoreError('failed', 'no disk')))
  await settle()
  expect(background.failed).toBe(false)
  const bug = new TypeError('bug')
  background.run(() => Promise.reject(bug))
  await settle()
  expect([background.failed, reported]).toEqual([true, [bug]])
})
