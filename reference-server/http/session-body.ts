import type { ServerResponse } from 'node:http'
import { constants } from 'node:http2'
import type { FastifyReply } from 'fastify'
import { MEDIA_TYPES } from '../../proto/http.ts'
import type { Clock } from '../environment.ts'
import type { Response } from './leftover.ts'
import type { Services } from './services.ts'

/** The body of a session's answer, sent part by part. Once the client is gone, what is written goes nowhere. */
export interface SessionBody {
  /** Resolves once the client has room for more: a slow one holds up its own session only (S2S-049). */
  write(part: Uint8Array | string): Promise<void>
  /** Writes all parts, unless the client leaves before, and ends. */
  pour(parts: AsyncIterable<Uint8Array | string>): Promise<void>
  end(): void
  /** Cuts the connection: the head is sent, and there is no way left to tell of a mistake of ours. */
  fail(error: unknown): void
}

/** Sends the head at once, before there is anything to say (S2S-002, RTE-020). */
export function openSessionBody(
  reply: FastifyReply,
  kind: 's2s' | 'event-stream',
  gone: AbortSignal,
  { backend, clock, report }: Services,
): SessionBody {
  if (kind === 's2s' && !gone.aborted) gone.addEventListener('abort', backend.drain.join(), { once: true })
  const { raw } = reply.hijack()
  sendHead(reply, kind)
  const isOver = () => raw.writableEnded || gone.aborted
  const body: SessionBody = {
    async write(part) {
      if (!isOver() && !raw.write(part)) await room(raw, gone, clock)
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
      raw.end()
    },
    fail(error) {
      report(error)
      cut(raw)
    },
  }
  return body
}

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
async function room(raw: ServerResponse, gone: AbortSignal, clock: Clock): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const onGone = () => resolve()
  raw.once('drain', resolve)
  gone.addEventListener('abort', onGone)
  const cancel = clock.timer(STALL_LIMIT_MS, () => cut(raw))
  await promise
  cancel()
  gone.removeEventListener('abort', onGone)
  raw.off('drain', resolve)
}

/** A client that takes nothing for this long is given up. */
const STALL_LIMIT_MS = 300_000

/** So that the client cannot take what it has for all there is. */
function cut(response: Response): void {
  if ('stream' in response) response.stream.close(constants.NGHTTP2_INTERNAL_ERROR)
  else response.destroy()
}
