import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { fakeClock, startReferenceServer } from './index.ts'

const init = { basins: [{ name: 'my-basin', streams: [{ name: 'events' }] }] }
const headers = { 's2-basin': 'my-basin', 'content-type': 'application/json' }
const records = (url: string) => `${url}/v1/streams/events/records`

async function append(url: string, body: string): Promise<unknown> {
  const request = { method: 'POST', headers, body: JSON.stringify({ records: [{ body }] }) }
  return (await fetch(records(url), request)).json()
}

test('a reset brings back what init has, forgets the rest, and ends sessions', async () => {
  await using server = await startReferenceServer({ init })
  await append(server.url, 'a')
  await fetch(`${server.url}/v1/basins/my-other-basin`, { method: 'PUT' })
  await fetch(`${server.url}/v1/streams/mine`, { method: 'PUT', headers })
  const session = await fetch(records(server.url), { headers: { ...headers, accept: 'text/event-stream' } })
  const ended = expect(session.text()).rejects.toThrow()
  server.faults.refuse({ operation: 'any', code: 'unavailable' })
  expect(server.sessions()).toHaveLength(1)

  await server.reset()

  await ended
  expect([server.sessions(), server.requests(), server.faults.planned()]).toEqual([[], [], []])
  expect(await (await fetch(`${server.url}/v1/basins`)).json()).toMatchObject({
    basins: [{ name: 'my-basin' }],
    has_more: false,
  })
  expect(await (await fetch(`${server.url}/v1/streams`, { headers })).json()).toMatchObject({
    streams: [{ name: 'events' }],
  })
  expect(await append(server.url, 'b')).toMatchObject({ start: { seq_num: 0 } })
})

test('a client that keeps its connections can go on at once, however often', async () => {
  await using server = await startReferenceServer({ init })
  for (let round = 0; round < 50; round++) {
    expect(await append(server.url, 'a')).toMatchObject({ start: { seq_num: 0 } })
    await server.reset()
  }
})

test('resets that overlap, and one before the close, are done one after the other', async () => {
  const server = await startReferenceServer({ init })
  await append(server.url, 'a')
  await Promise.all([server.reset(), server.reset()])
  expect(await server.records('my-basin', 'events')).toEqual([])
  const last = server.reset()
  await server.close()
  await last
  await expect(server.reset()).rejects.toThrow('the server is closed')
})

test('the clock of a test goes on', async () => {
  const clock = fakeClock(1000n)
  await using server = await startReferenceServer({ init, clock })
  await clock.advance(500)
  await server.reset()
  expect(await append(server.url, 'a')).toMatchObject({ start: { timestamp: 1500 } })
})

test('over TLS too', async () => {
  await using server = await startReferenceServer({ init, tls: 'self-signed' })
  await server.reset()
  await expect(fetch(server.url.replace('https', 'http'))).resolves.toMatchObject({ status: 400 })
})

test('data in a directory are not reset', async () => {
  const folder = await mkdtemp(join(tmpdir(), 's2-reset-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await using server = await startReferenceServer({ init, dataDir: join(folder, 'data') })
  await append(server.url, 'a')
  await expect(server.reset()).rejects.toThrow('reset needs data in memory')
  expect(await append(server.url, 'b')).toMatchObject({ start: { seq_num: 1 } })
})
