import * as zlib from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { MIN_COMPRESSED_BYTES } from '../../../proto/limits.ts'
import type { Coding } from '../requests/accepted-coding.ts'
import { onRequest } from '../requests/on-request.ts'
import type { Services } from '../services.ts'
import { sendEmpty } from './answer.ts'
import { codingOf, REQUEST_CODINGS } from './body.ts'

/** Undoes no coding but refuses the unknown ones: 415 without a body, before anything else is looked at (CP-RT-043). */
export function refuseUnknownCodings(app: FastifyInstance): void {
  onRequest(app, (request, reply) => {
    const coding = codingOf(request)
    if (coding === undefined || REQUEST_CODINGS.has(coding)) return undefined
    return sendEmpty(reply.header('accept-encoding', 'gzip, zstd'), 415)
  })
}

/** Compresses answers of 1 KiB and more as the client asks (RTE-026, CP-RT-042). Sessions do not come through here. */
export function compressAnswers(app: FastifyInstance, { wire }: Services): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    if (!Buffer.isBuffer(payload) || payload.length < MIN_COMPRESSED_BYTES) return done(null, payload)
    const vary = [reply.getHeader('vary'), 'accept-encoding'].filter((name) => name !== undefined)
    reply.header('vary', vary.join(', '))
    const coding = wire.acceptedCoding(request.headers['accept-encoding'])
    if (coding === undefined) return done(null, payload)
    reply.header('content-encoding', coding).removeHeader('content-length')
    COMPRESS[coding](payload, done)
  })
}

const COMPRESS: Readonly<Record<Coding, (payload: Uint8Array, done: zlib.CompressCallback) => void>> = {
  zstd: zlib.zstdCompress,
  gzip: zlib.gzip,
}
