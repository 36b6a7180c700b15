import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Clock } from '../../kit/clock.ts'
import { createRandom } from '../../kit/random.ts'
import { createFaultProxy, type FaultProxy } from './fault-proxy.ts'
import type { Address } from './relay.ts'

const QUESTION = 'question'
const ANSWER = 'an answer!'
const NOTHING = { connections: 1, delay: 0, stall: 0, 'cut-request': 0, 'cut-answer': 0 }

let heard: string
let target: Address
let stop: () => void
const proxies: FaultProxy[] = []

beforeEach(async () => {
  heard = ''
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      heard += bytes.toString()
      socket.write(ANSWER)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  target = { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
  stop = () => void server.close()
})

afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.close()
  stop()
})

/** Time passes when the test says so. */
function handClock(): Clock & { readonly waits: { readonly ms: number; readonly fire: () => void }[] } {
  const waits: { ms: number; fire: () => void }[] = []
  return {
    waits,
    now: () => 0,
    after(ms, fire) {
      waits.push({ ms, fire })
      return () => {}
    },
  }
}

const atOnce: Clock = {
  now: () => 0,
  after(_milliseconds, fire) {
    const handle = setImmediate(fire)
    return () => clearImmediate(handle)
  },
}

/** Chance that makes the first plan: its turn, the part let through, the fault, and how long. */
const planned = (turn: number, part: number, fault: number, rest = 0.5): (() => number) => {
  const chances = [(turn - 1) / 8, part, 0.9, (fault + 0.5) / 7, rest]
  return () => chances.shift() ?? 0.99
}
const [DELAY, STALL, CUT_REQUEST, CUT_ANSWER, NONE] = [0, 1, 2, 3, 6]

function proxyBy(random: () => number, clock: Clock): FaultProxy {
  const proxy = createFaultProxy(random, clock)
  proxies.push(proxy)
  return proxy
}

async function dialled(proxy: FaultProxy): Promise<{ socket: Socket; came: () => string }> {
  const { host, port } = await proxy.through(target)
  const socket = connect(port, host)
  socket.on('error', () => {})
  let came = ''
  socket.on('data', (bytes) => {
    came += bytes.toString()
  })
  await once(socket, 'connect')
  return { socket, came: () => came }
}

const until = (what: () => boolean): Promise<void> => expect.poll(what, { interval: 1 }).toBe(true)

test('without a fault bytes pass, at once and whole', async () => {
  const clock = handClock()
  const proxy = proxyBy(planned(1, 0.5, NONE), clock)
  const { socket, came } = await dialled(proxy)
  socket.write(QUESTION)
  await until(() => came() === ANSWER)
  expect({ heard, waits: clock.waits, ...proxy.receipts() }).toEqual({
    heard: QUESTION,
    waits: [],
    ...NOTHING,
  })
})

test('a delay holds back every piece, both ways', async () => {
  const clock = handClock()
  const proxy = proxyBy(planned(8, 0.5, DELAY), clock)
  const { socket, came } = await dialled(proxy)
  socket.write(QUESTION)
  await until(() => clock.waits.length === 1)
  expect(heard).toBe('')
  clock.waits[0]?.fire()
  await until(() => clock.waits.length === 2)
  expect([heard, came()]).toEqual([QUESTION, ''])
  clock.waits[1]?.fire()
  await until(() => came() === ANSWER)
  expect(clock.waits.map(({ ms }) => ms)).toEqual([6, 6])
  expect(proxy.receipts()).toEqual({ ...NOTHING, delay: 1 })
})

test('a stall holds back the answer of its turn, and no other', async () => {
  const clock = handClock()
  const proxy = proxyBy(planned(2, 0.5, STALL), clock)
  const { socket, came } = await dialled(proxy)
  socket.write(QUESTION)
  await until(() => came() === ANSWER)
  expect(proxy.receipts()).toEqual(NOTHING)
  socket.write(QUESTION)
  await until(() => clock.waits.length === 1)
  expect([heard, came()]).toEqual([QUESTION + QUESTION, ANSWER])
  clock.waits[0]?.fire()
  await until(() => came() === ANSWER + ANSWER)
  expect(clock.waits.map(({ ms }) => ms)).toEqual([120])
  expect(proxy.receipts()).toEqual({ ...NOTHING, stall: 1 })
})

test('a cut in a request lets a part of it through, and ends the connection', async () => {
  const proxy = proxyBy(planned(1, 0.5, CUT_REQUEST), handClock())
  const { socket, came } = await dialled(proxy)
  const closed = once(socket, 'close')
  socket.write(QUESTION)
  await closed
  await until(() => heard === 'ques')
  expect(came()).toBe('')
  expect(proxy.receipts()).toEqual({ ...NOTHING, 'cut-request': 1 })
})

test('a cut in an answer lets the request through whole and a part of the answer, and ends the connection', async () => {
  const proxy = proxyBy(planned(1, 0.5, CUT_ANSWER), handClock())
  const { socket, came } = await dialled(proxy)
  const closed = once(socket, 'close')
  socket.write(QUESTION)
  await closed
  expect([heard, came()]).toEqual([QUESTION, 'an an'])
  expect(proxy.receipts()).toEqual({ ...NOTHING, 'cut-answer': 1 })
})

test('the same seed brings the same faults, another one others', async () => {
  const storyOf = async (seed: number): Promise<string> => {
    const proxy = proxyBy(createRandom(seed), atOnce)
    const story: string[] = []
    for (let turn = 0; turn < 40; turn++) {
      const { socket, came } = await dialled(proxy)
      let isClosed = false
      socket.once('close', () => {
        isClosed = true
      })
      socket.write(QUESTION)
      await until(() => isClosed || came() === ANSWER)
      story.push(JSON.stringify(proxy.receipts()))
      socket.destroy()
    }
    return story.join('\n')
  }
  const story = await storyOf(3)
  expect(story).toMatch(/"cut-request":[1-9]/)
  expect(await storyOf(3)).toBe(story)
  expect(await storyOf(4)).not.toBe(story)
})
