import { type Clock, sleep } from '../kit/clock.ts'
import { HEADERS } from '../proto/http.ts'
import type { ApiRequest } from './api-request.ts'
import { backOff } from './back-off.ts'
import type { Base, Endpoints } from './endpoints.ts'
import { NotApplicableError } from './failures.ts'
import type { OpenFaultyWires } from './faults/faulty-wires.ts'
import { type OnlyBasin, whyNotSent } from './only-basin.ts'
import type { Recorder } from './transcript.ts'
import type { Unanswered } from './unanswered.ts'
import { collectBody } from './wire/collect.ts'
import { withDeadline } from './wire/deadline.ts'
import type { Opening, Wire, WireAnswer, WireRequest } from './wire/wire.ts'

/** An answer whose body is there, not yet looked at. */
export interface ReceivedAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** The line of the request, without secrets. */
  readonly asked: string
}

/** An accepted session (200), or the whole answer that refused it. */
export type Opened =
  | { readonly accepted: true; readonly wire: WireAnswer; readonly asked: string }
  | { readonly accepted: false; readonly answer: ReceivedAnswer }

/** The one way out to the target: every request of a check passes here and into its transcript. */
export interface Exchange {
  send(request: ApiRequest): Promise<ReceivedAnswer>
  open(request: ApiRequest, opening: Opening): Promise<Opened>
  /** Counts a whole item of a session as a sign that the target is alive. Bytes that complete none are no such sign. */
  heard(): void
  readonly recorder: Recorder
  readonly signal: AbortSignal
  readonly clock: Clock
}

/** What the checks of one run share. */
export interface Connections {
  readonly endpoints: Endpoints
  readonly token: string | undefined
  readonly http1: Wire
  readonly http2: Wire
  /** Further ones, whose connections are delayed, stalled and cut; whoever opens them closes them. */
  readonly faulty: OpenFaultyWires
  /** Longest wait for an answer, on top of the wait that a read asks for. */
  readonly requestSeconds: number
  readonly clock: Clock
  /** The one basin that may be used, and nothing in it be changed but what the run makes; absent, the run makes its own. */
  readonly only?: OnlyBasin
  /** Ends a run whose target answers nothing any more; absent, nothing counts that. */
  readonly unanswered?: Unanswered | undefined
}

/** Binds the run's connections to one check: its transcript, and the signal that ends it. */
export function createExchange(connections: Connections, recorder: Recorder, signal: AbortSignal): Exchange {
  const once = createImpatient(connections, recorder, signal)
  return {
    ...once,
    send: (request) => patiently(once, request, () => once.send(request), statusOf),
    open: (request, opening) => patiently(once, request, () => once.open(request, opening), refusalOf),
  }
}

const statusOf = (answer: ReceivedAnswer): ReceivedAnswer => answer
const refusalOf = (opened: Opened): ReceivedAnswer | undefined =>
  opened.accepted ? undefined : opened.answer

/** Sends again, after the wait that it asks for, what the target puts off with 429: it has had no effect. */
async function patiently<T>(
  { recorder, clock, signal }: Exchange,
  request: ApiRequest,
  attempt: () => Promise<T>,
  answerOf: (result: T) => ReceivedAnswer | undefined,
): Promise<T> {
  for (let times = 1; ; times++) {
    const result = await attempt()
    const answer = request.impatient === true ? undefined : answerOf(result)
    const wait = answer === undefined ? undefined : backOff(answer.status, answer.headers, times)
    if (wait === undefined) return result
    recorder.note(`… put off with 429, sent again after ${wait} ms`)
    await sleep(clock, wait, signal)
  }
}

/** Every answer stands. */
function createImpatient(connections: Connections, recorder: Recorder, signal: AbortSignal): Exchange {
  const { clock, unanswered = UNCOUNTED } = connections
  const wireOf = (request: WireRequest): Wire =>
    request.http === '2' ? connections.http2 : connections.http1

  return {
    recorder,
    signal,
    clock,
    heard: () => unanswered.heard(),
    async send(apiRequest) {
      const request = compose(connections, apiRequest)
      const asked = recorder.request(request, false)
      const seconds = connections.requestSeconds + waitOf(request.path)
      const answered = recorder.await(asked, waitOf(request.path))
      const whole = async (limited: AbortSignal): Promise<ReceivedAnswer> => {
        const wire = await wireOf(request).open(request, WHOLE, limited)
        const body = await collectBody(wire)
        return { status: wire.status, headers: wire.headers, body, asked }
      }
      const answer = await unanswered
        .request(signal, () => withDeadline(`the answer to ${asked}`, seconds, signal, clock, whole))
        .finally(answered)
      recorder.answer(answer.status, answer.headers, answer.body)
      return answer
    },
    async open(apiRequest, opening) {
      const request = compose(connections, apiRequest)
      const asked = recorder.request(request, opening.upload)
      const seconds = connections.requestSeconds
      const answered = recorder.await(asked, 0)
      const begin = async (limited: AbortSignal): Promise<Opened> => {
        // The session outlives the deadline of its beginning, and ends with the check.
        const wire = await wireOf(request).open(request, opening, AbortSignal.any([signal, limited]))
        return await accept(written(wire, request, recorder), asked, recorder)
      }
      return await unanswered
        .request(signal, () => withDeadline(`the answer to ${asked}`, seconds, signal, clock, begin))
        .finally(answered)
    },
  }
}

const UNCOUNTED: Unanswered = { request: (_signal, work) => work(), heard() {} }

/** Tells the recorder of what goes into an open body. */
const written = (wire: WireAnswer, request: WireRequest, recorder: Recorder): WireAnswer => ({
  ...wire,
  upload: {
    ...wire.upload,
    write(bytes) {
      recorder.sent(request, bytes)
      return wire.upload.write(bytes)
    },
  },
})

const WHOLE: Opening = { upload: false, ownConnection: false }

async function accept(wire: WireAnswer, asked: string, recorder: Recorder): Promise<Opened> {
  const { status, headers } = wire
  if (status === 200) {
    recorder.answer(status, headers, undefined)
    return { accepted: true, wire, asked }
  }
  wire.upload.end()
  const body = await collectBody(wire)
  recorder.answer(status, headers, body)
  wire.cancel()
  return { accepted: false, answer: { status, headers, body, asked } }
}

function compose({ endpoints, token, only }: Connections, request: ApiRequest): WireRequest {
  const why = only === undefined ? undefined : whyNotSent(only, request)
  if (why !== undefined) throw new NotApplicableError(`${why}: the run uses --basin ${only?.name}`)
  const base = request.basin === undefined ? endpoints.account : endpoints.basin(request.basin)
  return {
    method: request.method,
    origin: base.origin,
    path: pathOf(base, request),
    headers: headersOf(endpoints, token, request),
    body: request.body,
    http: request.http ?? '1.1',
    ...(request.spelling !== undefined && { spelling: request.spelling }),
  }
}

const pathOf = (base: Base, { prefix, path }: ApiRequest): string => `${prefix ?? base.prefix}${path}`

/** What the request says itself wins over what is added to it. */
function headersOf(
  endpoints: Endpoints,
  token: string | undefined,
  request: ApiRequest,
): Readonly<Record<string, string>> {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
  if (request.basin !== undefined && endpoints.basinHeader) headers[HEADERS.basin] = request.basin
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value
  for (const name of request.without ?? []) delete headers[name.toLowerCase()]
  return headers
}

/** Seconds that the request's `wait` lets the target take; a unary read is cut at 60 (READ-043). */
function waitOf(path: string): number {
  const [, wait] = /[?&]wait=(\d+)/.exec(path) ?? []
  return wait === undefined ? 0 : Math.min(Number(wait), 60)
}
