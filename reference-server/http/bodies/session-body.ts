import type { ServerResponse } from 'node:http'
import { constants, type Http2ServerResponse, type ServerHttp2Stream } from 'node:http2'
import type { FastifyReply } from 'fastify'
import { MEDIA_TYPES } from '../../../proto/http.ts'
import { joinPieces, lengthOfPieces, type Pieces } from '../../../proto/pieces.ts'
import type { ReadOutput } from '../../backend/backend.ts'
import { cutOnceSent } from '../connections/cut-answer.ts'
import { Outbox } from '../flow-control/outbox.ts'
import { cut, trackUnsentAnswer } from '../flow-control/unsent-answer.ts'
import type { Services } from '../services.ts'

/** The body of a session's answer, sent part by part. Once the client is gone, what is written goes nowhere. */
export interface SessionBody {
  /** Resolves once the client has room for more: a slow one holds up its own session only (S2S-049). */
  write(part: Pieces): Promise<void>
  /** For acks, which are small: they are sent in their order, and wait if they must. */
  readonly outbox: Outbox
  /** What a read delivers, each when there is room for what is rendered of it. */
  paced(outputs: AsyncIterable<ReadOutput>): AsyncIterable<ReadOutput>
  /** Writes all parts, unless the client leaves before, and ends. */
  pour(parts: AsyncIterable<Pieces>): Promise<void>
  end(): void
  /** Cuts the connection: the head is sent, and there is no way left to tell of a mistake of ours. */
  fail(error: unknown): void
  /** Cuts the connection once everything before was sent. */
  cut(): void
}

/** Sends the head at once, before there is anything to say (S2S-002, RTE-020). */
export function openSessionBody(
  reply: FastifyReply,
  kind: 's2s' | 'event-stream',
  gone: AbortSignal,
  services: Services,
): SessionBody {
  const { backend, report } = services
  if (kind === 's2s' && !gone.aborted) gone.addEventListener('abort', backend.drain.join(), { once: true })
  const { raw } = reply.hijack()
  sendHead(reply, kind)
  const unsent = trackUnsentAnswer(raw, services)
  const outbox = new Outbox(raw, unsent, gone)
  const isOver = () => raw.writableEnded || gone.aborted
  const body: SessionBody = {
    outbox,
    paced: unsent.paced,
    async write(part) {
      if (isOver() || send(raw, part)) return
      unsent.waits(lengthOfPieces(part) + BESIDE_BYTES)
      await drained(raw, gone)
      unsent.taken()
    },
    async pour(parts) {
      try {
        for await (const part of parts) {
          await body.write(part)
          if (isOver()) break
        }
        body.end()
      } catch (error) {
        body.fail(error)
      }
    },
    end() {
      outbox.empty()
      if (!raw.writableEnded && raw.writableLength > 0) unsent.waits(raw.writableLength)
      raw.end()
    },
    fail(error) {
      report(error)
      cut(raw, constants.NGHTTP2_INTERNAL_ERROR)
    },
    cut() {
      outbox.empty()
      cutOnceSent(raw)
    },
  }
  return body
}

/** What a session keeps beside, about: the records that a read delivers next. */
const BESIDE_BYTES = 4 * 1_048_576

/** False where the client has no room for more. HTTP/2 would send each piece by itself; HTTP/1.1 waits for the turn's end. */
function send(raw: ServerResponse, part: Pieces): boolean {
  if (lengthOfPieces(part) < MANY_BYTES) return raw.write(joinPieces(part))
  const stream = http2StreamOf(raw)
  stream?.cork()
  let hasRoom = true
  for (const piece of part) hasRoom = raw.write(piece)
  stream?.uncork()
  return hasRoom
}

const http2StreamOf = (raw: ServerResponse | Http2ServerResponse): ServerHttp2Stream | undefined =>
  'stream' in raw ? raw.stream : undefined

/** Below this, a copy costs less than several things to send. */
const MANY_BYTES = 16_384

function sendHead(reply: FastifyReply, kind: 's2s' | 'event-stream'): void {
  const { raw, request } = reply
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) raw.setHeader(name, value)
  }
  raw.writeHead(200, {
    'content-type': MEDIA_TYPES[kind],
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
  raw.flushHeaders()
  if (request.method === 'HEAD') raw.end()
}

/** Resolves once the client has taken what was written, or is gone. */
async function drained(raw: ServerResponse, gone: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const onGone = () => resolve()
  raw.once('drain', resolve)
  gone.addEventListener('abort', onGone)
  await promise
  gone.removeEventListener('abort', onGone)
  raw.off('drain', resolve)
}
