import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Compression, compress, negotiateCompression } from '../../../proto/compression.ts'
import type { AppendAck, AppendInput } from '../../../proto/types.ts'
import type { AppendSession } from '../../backend/backend.ts'
import { draining } from '../../backend/refusals.ts'
import { isRefusal, type Refusal } from '../../semantics/refusal.ts'
import { appendInputs } from '../bodies/append-input-frames.ts'
import { openSessionBody, type SessionBody } from '../bodies/session-body.ts'
import { accepted, Refused, refusalFor } from '../errors.ts'
import { enterWindows } from '../flow-control/admission.ts'
import { clientDisconnected } from '../flow-control/client-gone.ts'
import { type SessionEnd, sessionEnd, whenAborted } from '../flow-control/session-end.ts'
import type { Throttle, Turn } from '../flow-control/throttle.ts'
import { Window } from '../flow-control/window.ts'
import type { Caller } from '../hooks/caller.ts'
import { countAppends } from '../hooks/count-appends.ts'
import { type FaultySession, faultySession } from '../hooks/inject-faults.ts'
import { measureAppend } from '../hooks/measure.ts'
import { callerOf } from '../hooks/operation.ts'
import { withEncryptionKey } from '../requests/headers.ts'
import { addressOf } from '../resources/streams.ts'
import type { Services } from '../services.ts'
import { streamUse } from './stream-use.ts'

/**
 * An append session: inputs are sequenced as they arrive and acknowledged in their order, while the request is still
 * open (S2S-020 to S2S-022). The first refusal, of an append or of an input, ends it after the acks before it
 * (S2S-023 to S2S-027); so does a server that drains, once it has advised to reconnect (S2S-012).
 */
export async function appendS2s(
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
  throttle?: Throttle,
): Promise<FastifyReply> {
  const stream = streamUse(addressOf(request, services.rules), request, services.rules)
  return withEncryptionKey(request, async (key) => {
    const session = accepted(await services.backend.openAppendSession(stream, key))
    const counted = countAppends(request, stream, services)
    const submit: AppendSession['submit'] = async (batch) => counted(await session.submit(batch))
    const turn = throttle?.turns(request, stream)
    const { faults, clock } = services
    const faulty = faults === undefined ? { submit } : faultySession(request, submit, faults, clock)
    return appendAll({ session: faulty, turn }, request, reply, services)
  })
}

async function appendAll(
  { session, turn }: Pick<Line, 'session' | 'turn'>,
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
): Promise<FastifyReply> {
  const { report } = services
  const caller = callerOf(request)
  const compression = negotiateCompression(request.headers['accept-encoding'])
  const gone = clientDisconnected(reply)
  const body = openSessionBody(reply, 's2s', gone, services)
  const answers = new Answers(body, compression, services)
  const window = new Window(MAX_IN_FLIGHT_BYTES)
  const line = {
    caller,
    turn,
    window,
    gone: whenAborted(gone),
    leaving: sessionEnd(gone, services.backend.drain),
    session,
  }
  try {
    for await (const input of appendInputs(request.raw, services)) {
      // Who takes no acks is read no further.
      await body.outbox.taken()
      if (answers.ended) break
      const { outcome, weight } = await submit(line, input, services)
      answers.add(session.answer?.(outcome) ?? outcome, () => window.leave(weight))
    }
  } catch (error) {
    answers.add(Promise.resolve(refusalFor(error, report)), () => {})
  }
  // What comes after the end has no effect (S2S-029).
  request.raw.resume()
  await answers.end()
  return reply
}

/** What an input passes on its way into the stream. */
interface Line {
  readonly caller: Caller
  /** Undefined where nobody has to wait. */
  readonly turn: Turn | undefined
  readonly window: Window
  /** Its client has left. */
  readonly gone: SessionEnd
  /** That, or the server has. */
  readonly leaving: SessionEnd
  readonly session: AppendSession & Partial<FaultySession>
}

interface Submitted {
  /** Of the append, under way. */
  readonly outcome: Promise<Outcome>
  readonly weight: number
}

/**
 * Sequences an input once it is let in: by the window of its session until its ack is on its way, and by that of all appends
 * until it is durable. A session stands in line for the second with one batch at a time, so none can crowd out the others.
 */
async function submit(
  { caller, turn, window, gone, leaving, session }: Line,
  input: () => AppendInput,
  services: Services,
): Promise<Submitted> {
  const { backend, rules, stopwatch, bounds } = services
  const arrived = stopwatch()
  const admit = () => caller.append(accepted(rules.admitBatch(input())))
  await turn?.(admit().size, leaving)
  const { batch, weight } = await enterWindows(admit, [window, bounds.appends], gone)
  if (backend.drain.phase === 'ending') {
    bounds.appends.leave(weight)
    throw new Refused(draining())
  }
  const append = () => session.submit(batch)
  const outcome = measureAppend(batch, arrived, append, services).finally(() => bounds.appends.leave(weight))
  return { outcome, weight }
}

/** What one session may have under way, from the receipt of a batch until its ack is on its way; then no more is read. */
const MAX_IN_FLIGHT_BYTES = 8 * 1024 * 1024

/** `lost`: an ack that a planned fault keeps from its client. */
type Outcome = AppendAck | Refusal | undefined
type Answer = Outcome | 'lost'

/** Sends the outcomes in the order in which they were added, up to the first refusal, whether their client takes them or not. */
class Answers {
  readonly #body: SessionBody
  readonly #compression: Compression
  readonly #services: Services
  #sent: Promise<void> = Promise.resolve()
  #ended = false

  constructor(body: SessionBody, compression: Compression, services: Services) {
    this.#body = body
    this.#compression = compression
    this.#services = services
  }

  /** True once a refusal was sent: nothing that is added from then on is told to anybody. */
  get ended(): boolean {
    return this.#ended
  }

  /** `sent` is called when the outcome's turn is over. */
  add(outcome: Promise<Answer>, sent: () => void): void {
    const settled = outcome.catch((error: unknown) => refusalFor(error, this.#services.report))
    this.#sent = this.#sent
      .then(async () => this.#send(await settled))
      .catch((error: unknown) => this.#body.fail(error))
      .then(sent)
  }

  async end(): Promise<void> {
    await this.#sent
    this.#body.end()
  }

  async #send(outcome: Answer): Promise<void> {
    const { wire, backend } = this.#services
    if (outcome === undefined || this.#ended) return
    if (outcome === 'lost') {
      this.#ended = true
      this.#body.cut()
      return
    }
    if (isRefusal(outcome)) {
      this.#ended = true
      const { status, json } = wire.renderRefusal(outcome)
      this.#body.outbox.put([wire.encodeTerminal(status, json)])
      this.#body.end()
      return
    }
    const { payload, compression } = await compress(wire.encodeAppendAck(outcome), this.#compression)
    const reconnectAdvised = backend.drain.phase !== 'serving'
    this.#body.outbox.put(wire.encodeFrame({ payload: [payload], compression, reconnectAdvised }))
  }
}
