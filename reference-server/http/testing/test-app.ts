import { Readable } from 'node:stream'
import type { Backend } from '../../backend/backend.ts'
import { silentLog } from '../../log.ts'
import { type Flavor, LITE } from '../../semantics/resources/flavor.ts'
import { rules as specifiedRules } from '../../semantics/rules.ts'
import { FakeClock } from '../../testing/fake-clock.ts'
import { createApp } from '../app.ts'
import { createBounds, DEFAULT_BOUNDS } from '../flow-control/bounds.ts'
import { type AccessControl, openAccess } from '../hooks/access-control.ts'
import type { Cors } from '../hooks/cors.ts'
import { createInstruments } from '../hooks/instruments.ts'
import type { Services } from '../services.ts'
import { wire } from '../wire.ts'
import { type Call, fakeBackend } from './fake-backend.ts'

export interface Asked {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  readonly url: string
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** An object is sent as JSON, with its content type; a stream as it arrives. */
  readonly body?: string | Uint8Array | Readable | object
}

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: Buffer
  /** The body parsed; a string that says so where it is no JSON. */
  readonly json: unknown
}

export interface TestApp {
  readonly clock: FakeClock
  ask(asked: Asked): Promise<Answered>
  /** What the backend was asked for: nothing, if the request was refused before. */
  readonly calls: readonly Call[]
  /** Mistakes of the server's own. */
  readonly reported: readonly unknown[]
}

export interface TestOptions {
  readonly flavor?: Flavor
  readonly access?: AccessControl
  readonly basinDomain?: string
}

/** What handlers work with, on a backend of canned answers. */
export function testServices(
  answers: Partial<Backend>,
  { flavor = LITE, access = openAccess }: Pick<TestOptions, 'flavor' | 'access'> = {},
): {
  readonly services: Services
  readonly clock: FakeClock
  readonly calls: readonly Call[]
  readonly reported: readonly unknown[]
} {
  const { backend, calls } = fakeBackend(answers)
  const reported: unknown[] = []
  const report = (error: unknown) => reported.push(error)
  const clock = new FakeClock()
  const stopwatch = () => Number(clock.now())
  const instruments = createInstruments(backend.activity)
  const bounds = createBounds(DEFAULT_BOUNDS, clock)
  const rules = { ...specifiedRules, flavor }
  const services = {
    backend,
    rules,
    wire,
    clock,
    stopwatch,
    access,
    instruments,
    bounds,
    log: silentLog,
    report,
  }
  return { services, clock, calls, reported }
}

/** The routes, asked without a socket; on `basin-1` unless a header says otherwise. */
export function testApp(
  answers: Partial<Backend> = {},
  cors: Cors = 'none',
  { basinDomain, ...options }: TestOptions = {},
): TestApp {
  const { services, clock, calls, reported } = testServices(answers, options)
  const app = createApp(services, { loopbackOnly: true, cors, basinDomain })
  return {
    clock,
    calls,
    reported,
    async ask({ method = 'GET', url, headers = {}, body }) {
      const payload = payloadOf(body)
      const isJson = typeof body === 'object' && typeof payload === 'string'
      const response = await app.inject({
        method,
        url,
        headers: given({
          's2-basin': 'basin-1-x',
          ...(isJson && { 'content-type': 'application/json' }),
          ...headers,
        }),
        ...(payload !== undefined && { payload }),
      })
      return {
        status: response.statusCode,
        headers: response.headers,
        body: response.rawPayload,
        json: parsed(response.body),
      }
    },
  }
}

function payloadOf(body: Asked['body']): string | Buffer | Readable | undefined {
  if (body === undefined || typeof body === 'string' || body instanceof Readable) return body
  return body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body)
}

/** Without those that are undefined. */
const given = (headers: Asked['headers'] = {}): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return `no JSON: ${text}`
  }
}
