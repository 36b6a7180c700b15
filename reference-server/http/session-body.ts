import type { FastifyReply } from 'fastify'
import { MEDIA_TYPES } from '../../proto/http.ts'
import type { Clock } from '../environment.ts'

/** The body of a session's answer, sent part by part. Once the client is gone, what is written goes nowhere. */
export interface SessionBody {
  /** Resolves once the client has room for more: a slow one holds up its own session only (S2S-049). */
  write(part: Uint8Array | string): Promise<void>
  end(): void
}

/** Sends the head at once, before there is anything to say (S2S-002, RTE-020). */
export function openSessionBody(
  reply: FastifyReply,
  kind: 's2s' | 'event-stream',
  gone: AbortSignal,
  clock: Clock,
): SessionBody {
  reply.hijack()
  const { raw } = reply
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) raw.setHeader(name, value)
  }
  raw.writeHead(200, {
    'content-type': MEDIA_TYPES[kind],
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
  raw.flushHeaders()
  if (reply.request.method === 'HEAD') raw.end()
  return {
    async write(part) {
      if (raw.writableEnded || gone.aborted || raw.write(part)) return
      const { promise: room, resolve } = Promise.withResolvers<void>()
      const cancel = clock.timer(STALL_LIMIT_MS, () => raw.destroy())
      raw.once('drain', resolve)
      gone.addEventListener('abort', () => resolve(), { once: true })
      await room
      cancel()
      raw.off('drain', resolve)
    },
    end() {
      raw.end()
    },
  }
}

/** A client that takes nothing for this long is given up. */
const STALL_LIMIT_MS = 300_000
