import { AppendInput, AppendRecord, S2 } from '@s2-dev/streamstore'
import { expect, test } from 'vitest'
import { fakeClock, startReferenceServer } from '../index.ts'

const init = { basins: [{ name: 'my-basin', streams: [{ name: 'events' }] }] }
const inBasin = { 's2-basin': 'my-basin', 'content-type': 'application/json' }
const clientOf = ({ url }: { readonly url: string }) =>
  new S2({ accessToken: 'ignored', endpoints: { account: url, basin: url } })

test('requests are listed with their names, status and time, without their secrets', async () => {
  const rootToken = 'a-root-token-of-some-length'
  const clock = fakeClock(1_700_000_000_000n)
  await using server = await startReferenceServer({ clock, init, auth: { rootToken } })
  const authorization = `Bearer ${rootToken}`
  const ask = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${server.url}${path}`, { headers: { ...inBasin, ...headers } })
  await ask('/v1/streams/events/records/tail?a=1')
  await clock.advance(1000)
  await ask(`/v1/streams/${rootToken}`, { authorization })
  await ask('/v1/basins/my-basin', { authorization })
  await ask('/nowhere')
  const seen = { method: 'GET', time: 1_700_000_001_000n }
  await expect
    .poll(() => server.requests())
    .toEqual([
      {
        ...seen,
        path: '/v1/streams/events/records/tail',
        operation: 'check-tail',
        basin: 'my-basin',
        stream: 'events',
        status: 401,
        time: 1_700_000_000_000n,
      },
      {
        ...seen,
        path: '/v1/streams/[redacted]',
        operation: 'get-stream-config',
        basin: 'my-basin',
        stream: '[redacted]',
        status: 404,
      },
      {
        ...seen,
        path: '/v1/basins/my-basin',
        operation: 'get-basin-config',
        basin: 'my-basin',
        stream: undefined,
        status: 200,
      },
      {
        ...seen,
        path: '/nowhere',
        operation: undefined,
        basin: 'my-basin',
        stream: undefined,
        status: 404,
      },
    ])
})

test('no more than the last 1000 requests are kept', async () => {
  await using server = await startReferenceServer()
  for (let count = 0; count < 1005; count++) await fetch(`${server.url}/health?${count}`)
  expect(server.requests()).toHaveLength(1000)
})

test('records are listed from the first that is left, decoded', async () => {
  await using server = await startReferenceServer({ init, clock: fakeClock(5n), trimDelay: 0 })
  expect(await server.records('my-basin', 'events')).toEqual([])
  const records = [{ body: 'a' }, { body: 'é', headers: [['kind', 'text']] }]
  await fetch(`${server.url}/v1/streams/events/records`, {
    method: 'POST',
    headers: inBasin,
    body: JSON.stringify({ records }),
  })
  const bytes = Uint8Array.of(0xc3, 0xa9)
  expect(await server.records('my-basin', 'events')).toEqual([
    { seqNum: 0n, timestamp: 5n, headers: [], body: 'a', bytes: Uint8Array.of(97) },
    { seqNum: 1n, timestamp: 5n, headers: [['kind', 'text']], body: 'é', bytes },
  ])
  await expect(server.records('my-basin', 'missing')).rejects.toThrow(/^stream_not_found/)
  await expect(server.records('x', 'events')).rejects.toThrow(/^the basin is not valid/)
})

test('all records are listed, not one answer of them', async () => {
  await using server = await startReferenceServer({ init })
  const body = JSON.stringify({ records: Array.from({ length: 700 }, (_, index) => ({ body: `${index}` })) })
  for (const _ of [0, 1, 2]) {
    await fetch(`${server.url}/v1/streams/events/records`, { method: 'POST', headers: inBasin, body })
  }
  const records = await server.records('my-basin', 'events')
  expect(records.map(({ seqNum }) => seqNum)).toEqual(
    Array.from({ length: 2100 }, (_, index) => BigInt(index)),
  )
})

test('open sessions are listed until they end', async () => {
  await using server = await startReferenceServer({ init, clock: fakeClock(7n) })
  const events = clientOf(server).basin('my-basin').stream('events')
  const appends = await events.appendSession()
  await (await appends.submit(AppendInput.create([AppendRecord.string({ body: 'a' })]))).ack()
  const stop = new AbortController()
  const headers = { ...inBasin, accept: 'text/event-stream' }
  await fetch(`${server.url}/v1/streams/events/records`, { headers, signal: stop.signal })
  const place = { basin: 'my-basin', stream: 'events', since: 7n }
  expect(server.sessions()).toEqual([
    { kind: 'append', transport: 's2s', ...place },
    { kind: 'read', transport: 'sse', ...place },
  ])
  stop.abort()
  await expect.poll(() => server.sessions()).toMatchObject([{ kind: 'append' }])
  await appends.close()
  await expect.poll(() => server.sessions()).toEqual([])
})
