import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Compression } from '../../../proto/compression.ts'
import type { ErrorCode } from '../../../proto/error-codes.ts'
import { MAX_BODY_BYTES } from '../../../proto/limits.ts'
import { WireError } from '../../../proto/wire-error.ts'
import { refuse } from '../../semantics/refusal.ts'
import { Refused } from '../errors.ts'
import { ByteQueue } from '../flow-control/byte-queue.ts'
import type { Reservation } from '../flow-control/memory-budget.ts'
import { callerOf } from '../hooks/operation.ts'
import type { Request } from '../requests/discard-body.ts'
import { onRequest } from '../requests/on-request.ts'
import type { Services } from '../services.ts'

/** Content codings of a request that are undone here (RTE-025). */
export const REQUEST_CODINGS: ReadonlyMap<string, Compression> = new Map<string, Compression>([
  ['gzip', 'gzip'],
  ['zstd', 'zstd'],
  ['identity', 'none'],
])

/**
 * The whole body, decompressed. Refused with `code`: more than 2 MiB before or after decompression (RTE-027,
 * CP-RT-038), or data that does not decompress. What is left of a refused body is thrown away as it comes. The body keeps its
 * place among what was received until the answer is complete. Refused as `authn` where the token ended before the body did: a
 * body may take two minutes, and a handler decides nothing from what was true of its head (CP-TOK-016, CP-TOK-022).
 */
export async function readBody(
  request: FastifyRequest,
  services: Services,
  code: 'bad_json' | 'bad_proto',
): Promise<Uint8Array> {
  const compression = REQUEST_CODINGS.get(codingOf(request) ?? 'identity') ?? 'none'
  const payload = await collect(request, services, code)
  try {
    const bytes = await services.wire.decompress({ payload, compression }, MAX_BODY_BYTES)
    if (bytes.length >= LARGE_BYTES) await services.bounds.turns.next()
    callerOf(request).check()
    return bytes
  } catch (error) {
    if (error instanceof WireError) throw new Refused(refuse(code, error.message))
    throw error
  }
}

/** The `Content-Encoding` of a request, in lower case. */
export function codingOf(request: FastifyRequest): string | undefined {
  return request.headers['content-encoding']?.toLowerCase()
}

/** A compressed body may be a little longer than what it holds. */
const MAX_RECEIVED_BYTES = MAX_BODY_BYTES + 65_536

/** What takes milliseconds to decode, and more if it is meant to. */
const LARGE_BYTES = 262_144

/** A client that takes longer than this to send a unary body is given up. */
const BODY_TIME_LIMIT_MS = 120_000

declare module 'fastify' {
  interface FastifyRequest {
    /** What its body holds. */
    place: Reservation | undefined
  }
}

/** For requests that may have a body. */
export function releaseBodies(app: FastifyInstance): void {
  app.decorateRequest('place', undefined)
  onRequest(app, (request, reply) => {
    reply.raw.on('close', () => request.place?.leave())
    return undefined
  })
}

/** Most bodies of HTTP/1.1 come with their head, and are there as soon as Node has read on to their end. */
async function collect(request: FastifyRequest, services: Services, code: ErrorCode): Promise<Uint8Array> {
  await undefined
  return takeWhole(request, services) ?? (await gather(request, services, code))
}

/** The body, if all of it is there and there is room for it. */
function takeWhole(request: FastifyRequest, { bounds }: Services): Uint8Array | undefined {
  const { raw } = request
  const length = raw.readableLength
  if ('stream' in raw || !raw.complete || raw.aborted || raw.destroyed || length > WHOLE_BYTES)
    return undefined
  if (!bounds.received.hasRoom(length)) return undefined
  const chunk: Uint8Array | null = raw.read()
  request.place = bounds.received.open(() => {})
  request.place.busy(true)
  void request.place.take(length)
  // What was read from the socket may be a part of much more.
  return chunk === null ? NOTHING : new Uint8Array(chunk)
}

/** What the system hands over at once. */
const WHOLE_BYTES = 65_536

const NOTHING = new Uint8Array(0)

function gather(request: FastifyRequest, { clock, bounds }: Services, code: ErrorCode): Promise<Uint8Array> {
  const source = request.raw
  return new Promise((resolve, reject) => {
    const gathered = new ByteQueue()
    const fail = (failure: ErrorCode, message: string) => {
      settle()
      gathered.clear()
      place.leave()
      source.resume()
      reject(new Refused(refuse(failure, message)))
    }
    const place = bounds.received.open(() => {
      fail('request_timeout', 'the body stood still while others waited for the memory that it takes')
    })
    request.place = place
    const onData = (chunk: Buffer) => {
      const taken = gathered.push(chunk)
      if (gathered.length > MAX_RECEIVED_BYTES) return fail(code, `the body exceeds ${MAX_BODY_BYTES} bytes`)
      if (taken === 0) return
      const room = place.take(taken)
      if (room !== undefined) source.pause()
      void room?.then(() => source.resume())
    }
    const onClose = () => fail('client_hangup', 'the client left before its body ended')
    const onEnd = () => {
      if (isCut(source)) return onClose()
      settle()
      place.busy(true)
      resolve(gathered.bytes())
    }
    const cancel = clock.timer(BODY_TIME_LIMIT_MS, () => {
      fail('request_timeout', `the body took longer than ${BODY_TIME_LIMIT_MS} ms`)
    })
    const settle = () => {
      cancel()
      source.off('data', onData).off('end', onEnd).off('close', onClose)
      // An aborted request may still report its end as an error.
      source.off('error', onClose).on('error', () => {})
    }
    source.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose)
  })
}

/** A stream of HTTP/2 that is reset ends as if it were whole, but is closed by then: a whole one is open for the answer. */
function isCut(source: Request): boolean {
  return source.aborted || ('stream' in source && source.stream.closed)
}
