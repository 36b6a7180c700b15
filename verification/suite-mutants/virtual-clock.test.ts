import { pbkdf2 } from 'node:crypto'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { sleep } from '../../kit/clock.ts'
import { createVirtualClock } from './virtual-clock.ts'

const never = new AbortController().signal
const HOUR = 3_600_000

test('a long wait is over at once, at its time and not before an earlier one', async () => {
  const { checks } = createVirtualClock()
  const begun = checks.now()
  const order: string[] = []
  const wait = async (name: string, milliseconds: number): Promise<void> => {
    await sleep(checks, milliseconds, never)
    order.push(`${name} at ${checks.now() - begun}`)
  }
  await Promise.all([wait('long', HOUR), wait('short', 5), wait('as short', 5)])
  expect(order).toEqual(['short at 5', 'as short at 5', `long at ${HOUR}`])
})

test('a wait that is given up does not hold up time, nor is it called', async () => {
  const { checks, server } = createVirtualClock()
  const begun = server.now()
  const cancel = checks.after(1, () => expect.unreachable())
  checks.after(1, cancel)()
  cancel()
  await sleep(checks, 20, never)
  expect(server.now() - begun).toBe(20n)
})

test('time stands still while an answer is on its way', async () => {
  const { checks } = createVirtualClock()
  const server = createServer(async (_request, response) => {
    // Chunks that each take less real time than what counts as quiet.
    for (let index = 0; index < 50; index++) {
      response.write('x')
      await delay(1)
    }
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  let isOver = false
  const deadline = sleep(checks, HOUR, never).then(() => isOver)
  const asked = request({ port, host: '127.0.0.1' }, (response) => {
    response.resume().on('end', () => {
      isOver = true
    })
  })
  asked.end()
  expect(await deadline).toBe(true)
  server.close()
})

test.skipIf(process.platform !== 'linux')('time does not advance while a thread computes', async () => {
  const { checks } = createVirtualClock()
  let isOver = false
  // Much longer than what counts as quiet, and no event before the end.
  pbkdf2('password', 'salt', 500_000, 64, 'sha512', () => {
    isOver = true
  })
  expect(await sleep(checks, HOUR, never).then(() => isOver)).toBe(true)
})
