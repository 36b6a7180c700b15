import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { beforeAll, describe, expect, test } from 'vitest'
import { encodeFrame } from '../proto/frames.ts'
import { HEARTBEAT_GAP_MS } from '../proto/limits.ts'
import { decodeAppendAck, encodeAppendInput } from '../proto/messages.ts'
import type { AppendRecord } from '../proto/types.ts'
import { type Duplex, overHttp1, overHttp2 } from './http/testing/duplex.ts'
import { denied, guardedServer, unknown } from './testing/guarded-server.ts'

const server = guardedServer()
const { clock, ask, issue, streamNames } = server

const tailOf = async (stream: string): Promise<unknown> =>
  ((await ask('GET', `/streams/${stream}/records/tail`)).json as { tail: { seq_num: number } }).tail.seq_num

const FENCE = { headers: [['', 'fence']], body: 'me' }

describe('command records', () => {
  const trim = (): AppendRecord => ({
    headers: [{ name: new Uint8Array(), value: Buffer.from('trim') }],
    body: new Uint8Array(8),
  })

  test('need their own operation, in a unary append (CP-TOK-043, CMD-028)', async () => {
    const { token } = await issue({ ops: ['append'] })
    const stream = 'commands-unary'
    expect(await ask('POST', `/streams/${stream}/records`, { records: [FENCE] }, { token })).toEqual(denied)
    // Not even the stream has come to exist.
    expect(await streamNames(stream)).toEqual([])
    expect(
      (await ask('POST', `/streams/${stream}/records`, { records: [{ body: 'a' }] }, { token })).status,
    ).toBe(200)
    const mixed = { records: [{ body: 'b' }, FENCE] }
    expect(await ask('POST', `/streams/${stream}/records`, mixed, { token })).toEqual(denied)
    const message = new Uint8Array(encodeAppendInput({ records: [trim()] }))
    const proto = { 'content-type': 'application/protobuf' }
    expect(await ask('POST', `/streams/${stream}/records`, message, { token, ...proto })).toEqual(denied)
    expect(await tailOf(stream)).toBe(1)
    const { token: fencing } = await issue({ ops: ['append', 'fence'] })
    expect((await ask('POST', `/streams/${stream}/records`, mixed, { token: fencing })).status).toBe(200)
    expect(await ask('POST', `/streams/${stream}/records`, message, { token: fencing, ...proto })).toEqual(
      denied,
    )
  })

  test.each([
    ['HTTP/1.1', overHttp1],
    ['HTTP/2', overHttp2],
  ] as const)(
    'end an append session without it, over %s, and nothing of the batch is appended',
    async (name, open) => {
      const { token } = await issue({ ops: ['append'] })
      const stream = `commands-${name.length}`
      const session = openSession(open, 'POST', `/streams/${stream}/records`, token)
      expect(await session.status).toBe(200)
      session.send(inputFrame('a'))
      session.send(inputFrame('b', trim()))
      session.send(inputFrame('c'))
      await session.ended
      expect(told(session)).toEqual([0n, '403 permission_denied'])
      expect(await tailOf(stream)).toBe(1)
    },
  )
})

describe('an append session', () => {
  test('is over with its token: what was acknowledged stays (CP-TOK-022)', async () => {
    const { token, id } = await issue({ ops: ['append'] })
    const session = openSession(overHttp2, 'POST', '/streams/revoked-session/records', token)
    session.send(inputFrame('a'))
    await expect.poll(() => told(session)).toEqual([0n])
    expect((await ask('DELETE', `/access-tokens/${id}`)).status).toBe(204)
    session.send(inputFrame('b'))
    await session.ended
    expect(told(session)).toEqual([0n, '401 authn'])
    expect(await tailOf('revoked-session')).toBe(1)
  })
})

describe('a read that waits at the tail', () => {
  const path = '/streams/waiting/records?seq_num=1'
  const follow: Readonly<Record<string, (token: string) => Promise<unknown>>> = {
    unary: async (token) => {
      const { status, json } = await ask('GET', `${path}&wait=60`, undefined, { token })
      return `${status} ${(json as { code: string }).code}`
    },
    'event stream': async (token) => {
      const answer = await fetch(`${server.url()}/v1${path}`, {
        headers: { authorization: `Bearer ${token}`, 's2-basin': 'team-a-1', accept: 'text/event-stream' },
      })
      expect(answer.status).toBe(200)
      const [ping, error] = (await answer.text()).trimEnd().split('\n\n')
      expect(ping).toContain('event: ping')
      return `401 ${/^event: error\ndata: {"code":"(\w+)"/m.exec(error ?? '')?.[1]}`
    },
    S2S: async (token) => {
      const session = openSession(overHttp2, 'GET', path, token)
      expect(await session.status).toBe(200)
      await session.ended
      return session.frames.flatMap((frame) =>
        frame.kind === 'terminal' ? [`${frame.status} ${JSON.parse(frame.json).code}`] : [],
      )[0]
    },
  }

  beforeAll(() => ask('POST', '/streams/waiting/records', { records: [{ body: 'a' }] }))

  describe.each(Object.entries(follow))('%s', (_name, waits) => {
    test('ends when its token is revoked (CP-TOK-022)', async () => {
      const { token, id } = await issue({ ops: ['read'] })
      const answer = waits(token)
      await waiting()
      expect((await ask('DELETE', `/access-tokens/${id}`)).status).toBe(204)
      expect(await answer).toBe('401 authn')
    })

    test('ends when its token expires (CP-TOK-016)', async () => {
      const expires_at = new Date(Number(clock.now()) + 3000).toISOString()
      const { token } = await issue({ ops: ['read'] }, { expires_at })
      const answer = waits(token)
      await waiting()
      await clock.advance(2999)
      await waiting()
      await clock.advance(1)
      expect(await answer).toBe('401 authn')
      expect(await ask('GET', path, undefined, { token })).toEqual(unknown)
    })

    test('ends within 15 s when the clock is set past the expiry', async () => {
      const expires_at = new Date(Number(clock.now()) + 3_600_000).toISOString()
      const { token } = await issue({ ops: ['read'] }, { expires_at })
      const answer = waits(token)
      await waiting()
      clock.jump(7_200_000n)
      expect(await ask('GET', path, undefined, { token })).toEqual(unknown)
      await clock.advance(HEARTBEAT_GAP_MS.max)
      expect(await answer).toBe('401 authn')
    })
  })

  /** A reader has come to the tail. */
  async function waiting(): Promise<void> {
    await expect
      .poll(async () => (await fetch(`${server.url()}/metrics`)).text())
      .toMatch(/^s2_followers 1$/m)
  }
})

describe('a request whose body comes after its token has ended: 401, and nothing has changed', () => {
  const config = { default_stream_config: { storage_class: 'standard' } }
  const requests: readonly (readonly [method: string, path: string, body: object])[] = [
    ['PUT', '/basins/team-a-late', {}],
    ['PATCH', '/basins/team-a-1', config],
    ['PUT', '/streams/late', {}],
    ['PATCH', '/streams/there', { storage_class: 'standard' }],
  ]
  const scope = {
    basins: { prefix: 'team-a-' },
    ops: ['create-basin', 'reconfigure-basin', 'create-stream', 'reconfigure-stream'],
  }

  /** Sends the body once the server has accepted the head, and `between` is done. */
  async function sendLate(
    [method, path, body]: (typeof requests)[number],
    token: string,
    between: () => Promise<unknown>,
  ): Promise<number | undefined> {
    const sent = request(`${server.url()}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        's2-basin': 'team-a-1',
        'content-type': 'application/json',
        expect: '100-continue',
      },
    })
    sent.flushHeaders()
    await once(sent, 'continue')
    await between()
    sent.end(JSON.stringify(body))
    const [answer] = (await once(sent, 'response')) as [IncomingMessage]
    answer.resume()
    return answer.statusCode
  }

  const state = async (): Promise<unknown> => [
    await ask('GET', '/basins?prefix=team-a-late'),
    await ask('GET', '/basins/team-a-1'),
    await streamNames('late'),
    await ask('GET', '/streams/there'),
  ]

  beforeAll(() => ask('POST', '/streams', { stream: 'there' }))

  test.each(requests)('%s %s', async (...sent) => {
    const before = await state()
    const revoked = await issue(scope)
    const revoke = () => ask('DELETE', `/access-tokens/${revoked.id}`)
    expect(await sendLate(sent, revoked.token, revoke)).toBe(401)
    const expires_at = new Date(Number(clock.now()) + 700).toISOString()
    const expiring = await issue(scope, { expires_at })
    expect(await sendLate(sent, expiring.token, () => clock.advance(700))).toBe(401)
    expect(await state()).toEqual(before)
  })
})

describe('what is refused has no effect', () => {
  const readers: readonly Record<string, string>[] = [
    {},
    { accept: 'text/event-stream' },
    { 'content-type': 's2s/proto' },
  ]

  test.each(['no token', 'no operation', 'another basin', 'another stream'])(
    'no stream comes to exist for want of permission: %s (CP-TOK-042)',
    async (want) => {
      const all = { op_groups: { stream: { read: true, write: true } } }
      const { token } =
        want === 'no operation'
          ? await issue({ ops: ['list-streams'] })
          : await issue(want === 'another stream' ? { ...all, streams: { exact: 'mine' } } : all)
      const basin = want === 'another basin' ? 'team-b-1' : 'team-a-1'
      const headers = { token: want === 'no token' ? 'guessed' : token, basin }
      const refusal = want === 'no token' ? unknown : denied
      const stream = '/streams/uncreated'
      for (const how of readers) {
        expect(await ask('GET', `${stream}/records?seq_num=0`, undefined, { ...headers, ...how })).toEqual(
          refusal,
        )
      }
      const records = { records: [{ body: 'a' }] }
      expect(await ask('POST', `${stream}/records`, records, headers)).toEqual(refusal)
      const s2s = { ...headers, 'content-type': 's2s/proto' }
      expect(await ask('POST', `${stream}/records`, new Uint8Array(), s2s)).toEqual(refusal)
      expect(await ask('GET', `${stream}/records/tail`, undefined, headers)).toEqual(refusal)
      expect(await ask('PUT', stream, {}, headers)).toEqual(refusal)
      expect(await ask('POST', '/streams', { stream: 'uncreated' }, headers)).toEqual(refusal)
      for (const basin of ['team-a-1', 'team-b-1']) {
        const { json } = await ask('GET', '/streams?prefix=uncreated', undefined, { basin })
        expect(json).toMatchObject({ streams: [] })
      }
    },
  )

  test('what is there and what is not are refused alike (CP-TOK-042)', async () => {
    const { token } = await issue({
      ops: ['get-basin-config', 'revoke-access-token'],
      access_tokens: { prefix: 'a' },
    })
    const there = await ask('GET', '/basins/team-b-1', undefined, { token })
    expect(there).toEqual(denied)
    expect(await ask('GET', '/basins/team-x-1', undefined, { token })).toEqual(there)
    const other = await issue({ ops: ['read'] })
    const revoked = await ask('DELETE', `/access-tokens/${other.id}`, undefined, { token })
    expect(revoked).toEqual(denied)
    expect(await ask('DELETE', '/access-tokens/token-never', undefined, { token })).toEqual(revoked)
    expect((await ask('GET', '/streams/waiting', undefined, { token: other.token })).status).toBe(403)
  })
})

test('who may only append may say what a stream that it makes shall be like, and is not refused for saying it', async () => {
  const { token } = await issue({ ops: ['append'] })
  const config = { retention_policy: { infinite: {} } }
  const headers = { token, 's2-stream-config': JSON.stringify(config) }
  for (let times = 0; times < 2; times++) {
    const appended = await ask('POST', '/streams/chosen/records', { records: [{}] }, headers)
    expect(appended.status).toBe(200)
  }
  expect((await ask('GET', '/streams/chosen')).json).toMatchObject(config)
  expect(await ask('POST', '/streams', { stream: 'chosen-too', config }, { token })).toEqual(denied)
})

function openSession(open: typeof overHttp1, method: string, path: string, token: string): Duplex {
  const headers = { authorization: `Bearer ${token}`, 's2-basin': 'team-a-1', 'content-type': 's2s/proto' }
  const session = open(server.url(), method, `/v1${path}`, headers)
  if (method === 'GET') session.end()
  return session
}

function inputFrame(body: string, ...more: readonly AppendRecord[]): Uint8Array {
  const records = [{ headers: [], body: Buffer.from(body) }, ...more]
  return encodeFrame({ payload: encodeAppendInput({ records }), compression: 'none' })
}

/** Start numbers of acks, or status and code of a terminal frame. */
const told = ({ frames }: Duplex): readonly (bigint | string)[] =>
  frames.map((frame) =>
    frame.kind === 'terminal'
      ? `${frame.status} ${JSON.parse(frame.json).code}`
      : decodeAppendAck(frame.payload).start.seqNum,
  )
