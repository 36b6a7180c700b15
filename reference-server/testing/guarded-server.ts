import { afterAll, beforeAll, expect } from 'vitest'
import { createServer, type ReferenceServer } from '../server.ts'
import { openMemoryStore } from '../store/memory.ts'
import { FakeClock } from './fake-clock.ts'

export interface Answer {
  readonly status: number
  readonly json: unknown
}

/** A server that knows who may do what, with two basins that make streams on use: for the tests of one file. */
export interface GuardedServer {
  readonly clock: FakeClock
  url(): string
  /** As root and in the first basin, if nothing else is said. */
  ask(
    method: string,
    path: string,
    body?: object | Uint8Array<ArrayBuffer>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>
  /** The secret of a token for all streams of basin team-a-1, and its id. */
  issue(
    scope: object,
    rest?: { readonly expires_at?: string; readonly auto_prefix_streams?: boolean },
  ): Promise<{ readonly token: string; readonly id: string }>
  streamNames(prefix: string): Promise<readonly string[]>
}

const ROOT = 'root-token-of-this-story'
const AUTO_CREATE = { create_stream_on_append: true, create_stream_on_read: true }

export function guardedServer(): GuardedServer {
  const clock = new FakeClock()
  let server: ReferenceServer
  let url = ''
  let issued = 0
  const ask: GuardedServer['ask'] = (method, path, body, headers) =>
    send(`${url}/v1${path}`, method, body, headers)
  beforeAll(async () => {
    server = await createServer({
      data: { store: await openMemoryStore() },
      clock,
      options: { auth: { rootToken: ROOT } },
      report: (error) => expect.unreachable(String(error)),
    })
    url = await server.start()
    await ask('POST', '/basins', { basin: 'team-a-1', config: AUTO_CREATE })
    await ask('POST', '/basins', { basin: 'team-b-1', config: AUTO_CREATE })
  })
  afterAll(() => server.stop())
  return {
    clock,
    url: () => url,
    ask,
    async issue(scope, rest = {}) {
      const id = `token-${++issued}`
      const everywhere = { basins: { exact: 'team-a-1' }, streams: { prefix: '' } }
      const { status, json } = await ask('POST', '/access-tokens', {
        id,
        scope: { ...everywhere, ...scope },
        ...rest,
      })
      expect(status).toBe(201)
      return { id, token: (json as { access_token: string }).access_token }
    },
    async streamNames(prefix) {
      const { json } = await ask('GET', `/streams?prefix=${encodeURIComponent(prefix)}`)
      return (json as { streams: readonly { name: string }[] }).streams.map(({ name }) => name)
    },
  }
}

async function send(
  url: string,
  method: string,
  body?: object | Uint8Array<ArrayBuffer>,
  { token = ROOT, basin = 'team-a-1', ...headers }: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const isBytes = body instanceof Uint8Array
  const answer = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      's2-basin': basin,
      'content-type': 'application/json',
      ...headers,
    },
    ...(body !== undefined && { body: isBytes ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, json: text === '' ? undefined : JSON.parse(text) }
}

export const denied: object = {
  status: 403,
  json: { code: 'permission_denied', message: expect.any(String) },
}
export const unknown: object = { status: 401, json: { code: 'authn', message: expect.any(String) } }
