import { pbkdf2 } from 'node:crypto'
import { expect, test } from 'vitest'
import { Schedule } from './schedule.ts'

test.skipIf(process.platform !== 'linux')('a deadline does not pass while a thread computes', async () => {
  const schedule = new Schedule()
  let isOver = false
  pbkdf2('password', 'salt', 500_000, 64, 'sha512', () => {
    isOver = true
  })
  const deadline = schedule.until(20_000).then(() => {
    schedule.stop()
    return isOver
  })
  await schedule.run(() => expect.unreachable())
  expect(await deadline).toBe(true)
})

test.skipIf(process.platform !== 'linux')(
  'nothing is due for good only once no thread computes',
  async () => {
    const schedule = new Schedule()
    let isOver = false
    // Longer than all turns and pauses that it waits for something to become due.
    pbkdf2('password', 'salt', 2_000_000, 64, 'sha512', () => {
      isOver = true
    })
    await schedule.run(() => expect(isOver).toBe(true))
  },
)
