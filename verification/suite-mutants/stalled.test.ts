import { afterEach, beforeEach, expect, test } from 'vitest'
import type { StorageSwitch } from '../../client/storage-switch.ts'
import { eventually } from '../../reference-server/testing/eventually.ts'
import { FakeClock } from '../../reference-server/testing/fake-clock.ts'
import { type StalledServer, startStalledServer } from './stalled.ts'

/** The append that waits has come to the storage. */
const untilStruck = () =>
  eventually(
    () => Promise.resolve(storage.struck),
    (struck) => struck === 1,
  )

const never = new AbortController().signal
let server: StalledServer
let storage: StorageSwitch

const ask = async (method: string, path: string, body?: object): Promise<Response> =>
  await fetch(`${server.launcher.endpoints.account.origin}/v1${path}`, {
    method,
    headers: { 's2-basin': 'some-basin', 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
const append = async (): Promise<number> =>
  (await ask('POST', '/streams/s/records', { records: [{ body: 'a' }] })).status
const tail = async (): Promise<unknown> => await (await ask('GET', '/streams/s/records/tail')).json()
const tailAt = (seqNum: number): object => ({ tail: expect.objectContaining({ seq_num: seqNum }) })

const clock = new FakeClock()

beforeEach(async () => {
  server = await startStalledServer(clock)
  const { storage: hand } = server.launcher
  if (hand === undefined) throw new Error('it has storage')
  storage = hand
  await ask('POST', '/basins', { basin: 'some-basin' })
  await ask('POST', '/streams', { stream: 's' })
  expect(await append()).toBe(200)
})
afterEach(async () => {
  await server.stop()
})

test('what is held is neither done nor answered until it is let go', async () => {
  storage.set({ mode: 'held' })
  const answer = append()
  await untilStruck()
  expect(await tail()).toEqual(tailAt(1))
  storage.set({ mode: 'normal' })
  expect(await answer).toBe(200)
  expect(await tail()).toEqual(tailAt(2))
  expect([storage.held, storage.struck]).toEqual([0, 1])
})

test('what is held when the server is killed is never done, and the rest is there again', async () => {
  storage.set({ mode: 'held' })
  const answer = append().catch(() => 'none')
  await untilStruck()
  await server.launcher.kill()
  storage.set({ mode: 'normal' })
  await server.launcher.start(never)
  expect(await answer).not.toBe(200)
  expect(await tail()).toEqual(tailAt(1))
  expect(await append()).toBe(200)
})

test('a server whose storage has failed takes nothing more until it is started anew', async () => {
  storage.set({ mode: 'failing' })
  expect(await append()).toBe(500)
  storage.set({ mode: 'normal' })
  expect(await append()).toBe(500)
  await server.launcher.kill()
  await server.launcher.start(never)
  expect(await append()).toBe(200)
})

test('what is lost was acknowledged, and is gone after a kill', async () => {
  storage.set({ mode: 'losing' })
  expect(await append()).toBe(200)
  await server.launcher.kill()
  await server.launcher.start(never)
  expect(await tail()).toEqual(tailAt(1))
})

test('what is slow takes its time', async () => {
  storage.set({ mode: 'slow', milliseconds: 50 })
  const answer = append()
  await untilStruck()
  await clock.advance(49)
  expect(await tail()).toEqual(tailAt(1))
  await clock.advance(1)
  expect(await answer).toBe(200)
})
