import type { Backend } from '../../backend/backend.ts'
import { rules } from '../../semantics/rules.ts'
import { FakeClock } from '../../testing/fake-clock.ts'
import { createApp } from '../app.ts'
import type { Cors } from '../cors.ts'
import { createAppendMetrics } from '../prometheus.ts'
import { wire } from '../wire.ts'
import { type Call, fakeBackend } from './fake-backend.ts'

export interface Asked {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** An object is sent as JSON, with its content type. */
  readonly body?: string | Uint8Array | object
}

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: Buffer
  /** The body parsed; a string that says so where it is no JSON. */
  readonly json: unknown
}

export interface TestApp {
  ask(asked: Asked): Promise<Answered>
  /** What the backend was asked for: nothing, if the request was refused before. */
  readonly calls: readonly Call[]
  /** Mistakes of the server's own. */
  readonly reported: readonly unknown[]
}

/** The routes on a backend of canned answers, asked without a socket; on `basin-1` unless a header says otherwise. */
export function testApp(answers: Partial<Backend> = {}, cors: Cors = 'none'): TestApp {
  const { backend, calls } = fakeBackend(answers)
  const reported: unknown[] = []
  const report = (error: unknown) => reported.push(error)
  const metrics = createAppendMetrics()
  const services = { backend, rules, wire, clock: new FakeClock(), metrics, report }
  const app = createApp(services, { loopbackOnly: true, cors })
  return {
    calls,
    reported,
    async ask({ method = 'GET', url, headers = {}, body }) {
      const isJson = typeof body === 'object' && !(body instanceof Uint8Array)
      const response = await app.inject({
        method,
        url,
        headers: {
          's2-basin': 'basin-1-x',
          ...(isJson && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && {
          payload: isJson ? JSON.stringify(body) : typeof body === 'string' ? body : Buffer.from(body),
        }),
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return `no JSON: ${text}`
  }
}
