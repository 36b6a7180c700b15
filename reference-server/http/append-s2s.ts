import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Compression, compress, negotiateCompression } from '../../proto/compression.ts'
import type { AppendAck } from '../../proto/types.ts'
import { draining } from '../backend/refusals.ts'
import { isRefusal, type Refusal } from '../semantics/refusal.ts'
import { appendInputs } from './append-input-frames.ts'
import { clientGone } from './client-gone.ts'
import { accepted, Refused, refusalFor } from './errors.ts'
import { checkEncryptionKey } from './headers.ts'
import { measureAppend } from './measure.ts'
import type { Services } from './services.ts'
import { openSessionBody, type SessionBody } from './session-body.ts'
import { addressOf } from './streams.ts'
import { Window } from './window.ts'

/**
 * An append session: inputs are sequenced as they arrive and acknowledged in their order, while the request is still
 * open (S2S-020 to S2S-022). The first refusal, of an append or of an input, ends it after the acks before it
 * (S2S-023 to S2S-027); so does a server that drains, once it has advised to reconnect (S2S-012).
 */
export async function appendS2s(
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
): Promise<FastifyReply> {
  const { backend, rules, stopwatch, report } = services
  const address = addressOf(request, rules)
  checkEncryptionKey(request)
  const compression = negotiateCompression(request.headers['accept-encoding'])
  const session = accepted(await backend.openAppendSession(address))

  const body = openSessionBody(reply, 's2s', clientGone(reply), services)
  const answers = new Answers(body, compression, services)
  const window = new Window(MAX_IN_FLIGHT_BYTES)
  try {
    for await (const input of appendInputs(request.raw, backend.drain)) {
      if (answers.ended) break
      const batch = accepted(rules.admitBatch(input))
      const arrived = stopwatch()
      const weight = Number(batch.size) + BATCH_OVERHEAD_BYTES
      await window.enter(weight)
      if (backend.drain.phase === 'ending') throw new Refused(draining())
      const submit = () => session.submit(batch)
      answers.add(measureAppend(batch, arrived, submit, services), () => window.leave(weight))
    }
  } catch (error) {
    answers.add(Promise.resolve(refusalFor(error, report)), () => {})
  }
  // What comes after the end has no effect (S2S-029).
  request.raw.resume()
  await answers.end()
  return reply
}

/** What one session may have under way, from the receipt of a batch to the sending of its ack; then no more is read. */
const MAX_IN_FLIGHT_BYTES = 8 * 1024 * 1024

/** What a batch costs beside its metered bytes, so that small ones do not add up unseen. */
const BATCH_OVERHEAD_BYTES = 1024

type Outcome = AppendAck | Refusal | undefined

/** Sends the outcomes in the order in which they were added, up to the first refusal. */
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
  add(outcome: Promise<Outcome>, sent: () => void): void {
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

  async #send(outcome: Outcome): Promise<void> {
    const { wire, backend } = this.#services
    if (outcome === undefined || this.#ended) return
    if (isRefusal(outcome)) {
      this.#ended = true
      const { status, json } = wire.renderRefusal(outcome)
      await this.#body.write(wire.encodeTerminal(status, json))
      this.#body.end()
      return
    }
    const message = await compress(wire.encodeAppendAck(outcome), this.#compression)
    const reconnectAdvised = backend.drain.phase !== 'serving'
    await this.#body.write(wire.encodeFrame({ ...message, reconnectAdvised }))
  }
}
