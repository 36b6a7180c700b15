import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mediaKind } from '../../../proto/http.ts'
import type { AppendAck } from '../../../proto/types.ts'
import type { AppendSession, ReadOutput } from '../../backend/backend.ts'
import type { Clock } from '../../environment.ts'
import type { FaultPlan, FaultPoint } from '../../faults/fault-plan.ts'
import { isRefusal, type Refusal } from '../../semantics/refusal.ts'
import { cutBeforeAnswer, cutBeforeLastByte, cutOnceSent } from '../connections/cut-answer.ts'
import { Refused } from '../errors.ts'
import { namesIn } from '../requests/request-names.ts'
import type { Services } from '../services.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for reads where faults are injected. */
    faultyRead: FaultyRead | undefined
  }
}

interface FaultyRead {
  readonly reply: FastifyReply
  readonly point: FaultPoint
  readonly isSession: boolean
  /** True once the answer of a unary read is to be cut. */
  isCut: boolean
}

/** Injects planned faults into the routes that follow. Adds nothing to a server without a fault plan. */
export function injectFaults(app: FastifyInstance, { faults, clock }: Services): void {
  if (faults === undefined) return
  app.decorateRequest('faultyRead', undefined)
  app.addHook('onRequest', (request, reply, done) => {
    const point = pointOf(request)
    const isSession = isSessionRequest(request)
    if (point.operations.includes('read')) request.faultyRead = { reply, point, isSession, isCut: false }
    // Each batch of an append session is a point of its own.
    if (isSession && point.operations.includes('append')) return done()
    const refusal = faults.refusal(point)
    if (refusal !== undefined) return done(new Refused(refusal))
    const delay = isSession ? faults.delayOf(point) : undefined
    if (delay === undefined) done()
    else clock.timer(delay, done)
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    const point = pointOf(request)
    const send = (): void => {
      if (request.faultyRead?.isCut === true && Buffer.isBuffer(payload)) cutBeforeLastByte(reply, payload)
      else if (isAck(reply, point) && faults.losesAck(point)) cutBeforeAnswer(reply)
      else done(null, payload)
    }
    const delay = isSessionRequest(request) ? undefined : faults.delayOf(point)
    if (delay === undefined) send()
    else clock.timer(delay, send)
  })
}

function pointOf(request: FastifyRequest): FaultPoint {
  return { operations: request.routeOptions.config.operations ?? [], ...namesIn(request) }
}

/** Whether a successful answer to this request is a session: S2S, or SSE. */
export function isSessionRequest({ headers, method, routeOptions }: FastifyRequest): boolean {
  if (!/\/records$/.test(routeOptions.url ?? '')) return false
  if (mediaKind(headers['content-type']) === 's2s') return true
  return method === 'GET' && mediaKind(headers.accept) === 'event-stream'
}

const isAck = ({ statusCode }: FastifyReply, { operations }: FaultPoint): boolean =>
  statusCode === 200 && operations.includes('append')

/** Ends a read at the record after which a planned fault cuts it: a session at once, a unary read by `injectFaults`. */
export async function* cutByFault(
  outputs: AsyncIterable<ReadOutput>,
  request: FastifyRequest,
  gone: AbortSignal,
  faults: FaultPlan,
): AsyncGenerator<ReadOutput, void, undefined> {
  const { faultyRead } = request
  const limit = faultyRead && faults.cutAfter(faultyRead.point)
  if (faultyRead === undefined || limit === undefined) return yield* outputs
  let delivered = 0
  const cut = async (): Promise<void> => {
    if (faultyRead.isSession) cutOnceSent(faultyRead.reply.raw)
    if (faultyRead.isSession) await aborted(gone)
  }
  const fires = (): boolean => faults.cutsRead(faultyRead.point, limit)
  if (limit === 0 && fires()) {
    faultyRead.isCut = true
    return await cut()
  }
  for await (const output of outputs) {
    const count = output.kind === 'batch' ? output.records.length : 0
    if (output.kind !== 'batch' || delivered >= limit || delivered + count < limit || !fires()) {
      delivered += count
      yield output
      continue
    }
    faultyRead.isCut = true
    yield { ...output, records: output.records.slice(0, limit - delivered) }
    return await cut()
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}

type Outcome = AppendAck | Refusal | undefined

/** Faults at each batch of an append session. */
export interface FaultySession {
  readonly submit: AppendSession['submit']
  /** Resolves when the outcome may be sent; to `lost` in place of an ack that the client must not get. */
  readonly answer: (outcome: Promise<Outcome>) => Promise<Outcome | 'lost'>
}

/** Refuses batches before they are sequenced, and delays or loses the acks of durable ones. */
export function faultySession(
  request: FastifyRequest,
  submit: AppendSession['submit'],
  faults: FaultPlan,
  clock: Clock,
): FaultySession {
  const point = { ...pointOf(request), operations: ['append'] }
  let refused = false
  return {
    async submit(batch) {
      if (refused) return undefined
      const refusal = faults.refusal(point)
      if (refusal === undefined) return await submit(batch)
      refused = true
      return refusal
    },
    async answer(outcome) {
      const settled = await outcome
      const delay = settled === undefined ? undefined : faults.delayOf(point)
      if (delay !== undefined) await new Promise<void>((resolve) => clock.timer(delay, resolve))
      const isAcked = settled !== undefined && !isRefusal(settled)
      return isAcked && faults.losesAck(point) ? 'lost' : settled
    },
  }
}
