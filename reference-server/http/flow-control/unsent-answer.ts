import type { ServerResponse } from 'node:http'
import { constants, type Http2ServerResponse } from 'node:http2'
import type { FastifyInstance } from 'fastify'
import type { ReadOutput } from '../../backend/backend.ts'
import { onSend } from '../requests/on-request.ts'
import type { Services } from '../services.ts'

type Response = ServerResponse | Http2ServerResponse

/** What an answer makes the server hold; its client is given up after a time, or under pressure sooner. */
export interface UnsentAnswer {
  /** What a read delivers, each when there is room for it and for what is rendered of it. */
  paced(outputs: AsyncIterable<ReadOutput>): AsyncIterable<ReadOutput>
  /** So many bytes are held until the client takes something. */
  waits(bytes: number): void
  /** The client has taken what there was. */
  taken(): void
}

/** Until the answer is closed. */
export function trackUnsentAnswer(response: Response, { bounds, clock }: Services): UnsentAnswer {
  const giveUp = () => cut(response, constants.NGHTTP2_ENHANCE_YOUR_CALM)
  const place = bounds.unsent.open(giveUp)
  let cancel: (() => void) | undefined
  let reserved = false

  const reserve = async (bytes: number): Promise<void> => {
    if (reserved) return
    reserved = true
    place.busy(true)
    await place.take(bytes)
  }
  const hold = (bytes: number, timer?: () => void): void => {
    cancel?.()
    cancel = timer
    reserved = false
    place.hold(bytes)
    place.busy(false)
  }
  response.once('close', () => {
    hold(0)
    place.leave()
  })
  return {
    async *paced(outputs) {
      // A read that is behind takes the next page as soon as it is asked to; at the tail it may wait there for long.
      let behind = true
      const iterator = outputs[Symbol.asyncIterator]()
      for (;;) {
        if (behind) {
          await reserve(BEHIND_BYTES)
          // Pages of many headers take long to read: not those of many readers in one turn.
          await bounds.turns.next()
        }
        const { done, value } = await iterator.next()
        if (done) return
        behind = value.kind === 'batch' && value.tail === undefined
        if (value.kind === 'heartbeat') hold(0)
        if (value.kind === 'batch') {
          const bytes = memoryOf(value)
          await reserve(bytes)
          if (bytes > LARGE_BYTES) await bounds.turns.next()
        }
        yield value
      }
    },
    waits: (bytes) => hold(bytes, clock.timer(STALL_LIMIT_MS, giveUp)),
    taken: () => hold(0),
  }
}

/** Watches all answers but those of sessions, which watch their own. */
export function limitUnsentAnswers(app: FastifyInstance, services: Services): void {
  onSend(app, (_request, reply, payload) => {
    const isSized = Buffer.isBuffer(payload) || typeof payload === 'string'
    if (isSized && payload.length >= WATCHED_BYTES) {
      trackUnsentAnswer(reply.raw, services).waits(payload.length)
    }
  })
}

/** Smaller answers fit into what the system holds for a connection. */
const WATCHED_BYTES = 1024

/** A client that takes nothing for this long is given up. */
const STALL_LIMIT_MS = 300_000

/** A page of the store and the one after it, and what is rendered of the first batch, about. */
const BEHIND_BYTES = 6 * 1_048_576

/** No batch of bodies alone takes so much: it is rendered in a turn of its own. */
const LARGE_BYTES = 8 * 1_048_576

/** What is rendered of a batch takes about this many times the memory of its bodies. */
const RENDERED = 2
const RECORD_BYTES = 256
const HEADER_BYTES = 256

function memoryOf({ records }: ReadOutput & { readonly kind: 'batch' }): number {
  return records.reduce(
    (sum, { headers, body }) => sum + RENDERED * body.length + headers.length * HEADER_BYTES + RECORD_BYTES,
    0,
  )
}

/** So that the client cannot take what it has for all there is. */
export function cut(response: Response, code: number): void {
  if ('stream' in response) response.stream.close(code)
  else response.destroy()
}
