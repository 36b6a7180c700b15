import { AppendInput, AppendRecord, S2 } from '@s2-dev/streamstore'
import { Agent, fetch as fetchWith } from 'undici'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { fakeClock, type StartedServer, startReferenceServer } from '../index.ts'

const init = { basins: [{ name: 'my-basin', streams: [{ name: 'events' }, { name: 'other' }] }] }

let server: StartedServer
const logged: string[] = []

function start(tls: object): void {
  beforeAll(async () => {
    const log = { level: 'debug' as const, write: (line: string) => logged.push(line) }
    server = await startReferenceServer({ init, log, ...tls })
  })
  afterAll(() => server.close())
  beforeEach(() => server.reset())
}

/** Over TLS the client picks the version of HTTP. Each test uses connections of its own. */
describe.each([
  ['1.1', false],
  ['2.0', true],
])('over HTTP/%s', (version, allowH2) => {
  start({ tls: 'self-signed' })
  let agent: Agent
  beforeEach(() => {
    agent = new Agent({ allowH2, connect: { ca: server.certificate } })
    const opened = agent
    onTestFinished(() => opened.destroy())
  })

  test('the client uses this version', async () => {
    await append('a')
    await expect.poll(() => logged.at(-1)).toContain(`"http":"${version}"`)
  })

  const ask = (method: 'GET' | 'POST', path: string, options: object = {}) =>
    fetchWith(`${server.url}/v1${path}`, {
      method,
      dispatcher: agent,
      ...options,
      headers: { 's2-basin': 'my-basin', 'content-type': 'application/json', ...Object(options).headers },
    })
  const append = (body: string, stream = 'events') =>
    ask('POST', `/streams/${stream}/records`, { body: JSON.stringify({ records: [{ body }] }) })
  const bodies = async () => (await server.records('my-basin', 'events')).map(({ body }) => body)

  test('refuses the next appends with the error of the code, and changes nothing', async () => {
    const busy = server.faults.refuse({
      operation: 'append',
      code: 'rate_limited',
      retryAfterMs: 250,
      times: 2,
    })
    for (const remaining of [1, 0]) {
      const refused = await append('a')
      expect([refused.status, refused.headers.get('retry-after-ms')]).toEqual([429, '250'])
      expect(await refused.json()).toMatchObject({ code: 'rate_limited' })
      expect(busy.remaining).toBe(remaining)
    }
    server.faults.refuse({ operation: 'append', code: 'unavailable' })
    const refused = await append('b')
    expect([refused.status, refused.headers.get('retry-after-ms')]).toEqual([503, null])
    expect(await refused.json()).toMatchObject({ code: 'unavailable' })
    expect(await bodies()).toEqual([])
    expect((await append('c')).status).toBe(200)
    expect(server.faults.planned()).toEqual([])
    expect(busy.fired).toMatchObject([{ kind: 'refuse', operation: 'append', stream: 'events' }, {}])
  })

  test('refuses what the filter names, and no other request', async () => {
    const fault = server.faults.refuse({ operation: 'any', code: 'server_draining', stream: 'other' })
    expect((await append('a')).status).toBe(200)
    expect((await ask('GET', '/basins')).status).toBe(200)
    expect((await ask('GET', '/streams/other/records/tail')).status).toBe(503)
    expect(fault.fired).toMatchObject([{ operation: 'check-tail', basin: 'my-basin', stream: 'other' }])
  })

  test('can be cleared', async () => {
    const one = server.faults.refuse({ operation: 'append', code: 'unavailable' })
    server.faults.loseAck()
    expect(server.faults.planned().map(({ kind }) => kind)).toEqual(['refuse', 'lose-ack'])
    one.clear()
    server.faults.clear()
    expect((await append('a')).status).toBe(200)
    expect(server.faults.fired()).toEqual([])
  })

  test('loses the ack of an append that is durable', async () => {
    server.faults.loseAck({ stream: 'events' })
    await expect(append('a')).rejects.toThrow()
    expect(await bodies()).toEqual(['a'])
    expect(server.faults.fired()).toMatchObject([{ kind: 'lose-ack', basin: 'my-basin', stream: 'events' }])
    expect((await append('b')).status).toBe(200)
    await expect
      .poll(() => server.requests().map(({ method, status }) => [method, status]))
      .toEqual([
        ['POST', undefined],
        ['POST', 200],
      ])
  })

  test('cuts a unary read after some records', async () => {
    for (const body of ['a', 'b', 'c']) await append(body)
    const fault = server.faults.cutRead({ afterRecords: 2 })
    const cut = await ask('GET', '/streams/events/records?seq_num=0')
    expect(cut.status).toBe(200)
    const text = await received(cut)
    expect(text).toMatch(/"b".*\]$/s)
    expect(text).not.toContain('"c"')
    expect(fault.remaining).toBe(0)
    const whole = await ask('GET', '/streams/events/records?seq_num=0')
    expect(await whole.json()).toMatchObject({ records: [{}, {}, {}] })
  })

  test('cuts no read that ends before', async () => {
    await append('a')
    const fault = server.faults.cutRead({ afterRecords: 2 })
    const read = await ask('GET', '/streams/events/records?seq_num=0')
    expect(await read.json()).toMatchObject({ records: [{}] })
    expect(fault.remaining).toBe(1)
  })

  test.each([0, 1, 2])('cuts SSE after %d records', async (afterRecords) => {
    for (const body of ['a', 'b', 'c']) await append(body)
    server.faults.cutRead({ afterRecords })
    const headers = { accept: 'text/event-stream' }
    const cut = await ask('GET', '/streams/events/records?seq_num=0&count=3', { headers })
    const text = await received(cut)
    expect(text.match(/"body":"[a-c]"/g) ?? []).toHaveLength(afterRecords)
    expect(text).not.toContain('DONE')
  })

  test('delays an answer on the clock of the server', async () => {
    const clock = fakeClock()
    await using slow = await startReferenceServer({ init, clock, tls: 'self-signed' })
    const client = new Agent({ allowH2, connect: { ca: slow.certificate } })
    onTestFinished(() => client.destroy())
    const delay = slow.faults.delay({ operation: 'check-tail', ms: 5000 })
    let answered = false
    const tail = fetchWith(`${slow.url}/v1/streams/events/records/tail`, {
      headers: { 's2-basin': 'my-basin' },
      dispatcher: client,
    }).then(({ status }) => {
      answered = true
      return status
    })
    await expect.poll(() => delay.remaining).toBe(0)
    await clock.advance(4999)
    expect(answered).toBe(false)
    await clock.advance(1)
    expect(await tail).toBe(200)
  })
})

describe('sessions of the official client', () => {
  start({})
  const clientOf = () => {
    const endpoints = { account: server.url, basin: server.url }
    return new S2({ accessToken: 'ignored', endpoints, retry: { maxAttempts: 1 } })
  }
  const stream = () => clientOf().basin('my-basin').stream('events')
  const input = (body: string) => AppendInput.create([AppendRecord.string({ body })])

  test('an append is refused, and the batches behind it are not sequenced', async () => {
    const session = await stream().appendSession()
    const first = await session.submit(input('a'))
    await first.ack()
    server.faults.refuse({ operation: 'append', code: 'unavailable' })
    const second = await session.submit(input('b'))
    await expect(second.ack()).rejects.toMatchObject({ status: 503 })
    await session.close().catch(() => {})
    expect((await server.records('my-basin', 'events')).map(({ body }) => body)).toEqual(['a'])
  })

  test('an ack is lost once the batch is durable, after the acks before it', async () => {
    const session = await stream().appendSession()
    await (await session.submit(input('a'))).ack()
    server.faults.loseAck()
    const lost = await session.submit(input('b'))
    await expect(lost.ack()).rejects.toThrow()
    await session.close().catch(() => {})
    expect((await server.records('my-basin', 'events')).map(({ body }) => body)).toEqual(['a', 'b'])
    expect(server.faults.planned()).toEqual([])
  })

  test('a read session is cut, and the client goes on behind the last record it got', async () => {
    const events = stream()
    for (const body of ['a', 'b', 'c']) await events.append(input(body))
    const fault = server.faults.cutRead({ afterRecords: 2 })
    const retrying = new S2({
      accessToken: 'ignored',
      endpoints: { account: server.url, basin: server.url },
      retry: { minBaseDelayMillis: 1, maxBaseDelayMillis: 1 },
    })
    const session = await retrying
      .basin('my-basin')
      .stream('events')
      .readSession({ start: { from: { seqNum: 0 } }, stop: { limits: { count: 3 } } })
    const read: string[] = []
    for await (const { body } of session) read.push(String(body))
    expect(read).toEqual(['a', 'b', 'c'])
    expect(fault.remaining).toBe(0)
    const reads = server.requests().filter(({ operation }) => operation === 'read')
    expect(reads).toHaveLength(2)
  })
})

/** What arrived of an answer whose end did not. */
async function received(response: { readonly body: unknown }): Promise<string> {
  let text = ''
  const read = async () => {
    for await (const chunk of response.body as AsyncIterable<Uint8Array>)
      text += Buffer.from(chunk).toString()
  }
  await expect(read()).rejects.toThrow()
  return text
}
