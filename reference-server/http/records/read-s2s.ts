import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Compression, compress, negotiateCompression } from '../../../proto/compression.ts'
import { MAX_FRAME_PAYLOAD_BYTES } from '../../../proto/limits.ts'
import { joinPieces, lengthOfPieces, type Pieces } from '../../../proto/pieces.ts'
import type { ReadBatch } from '../../../proto/types.ts'
import type { ReadOutput } from '../../backend/backend.ts'
import { draining } from '../../backend/refusals.ts'
import { openSessionBody } from '../bodies/session-body.ts'
import { Refused, refusalFor, rejectIf } from '../errors.ts'
import { clientDisconnected } from '../flow-control/client-gone.ts'
import { countReads } from '../hooks/count-reads.ts'
import type { Services } from '../services.ts'
import { openRead } from './open-read.ts'
import { readBatchOf } from './read-output.ts'
import type { ReadRequest } from './read-query.ts'

/** A read session in frames; what is wrong before it starts is an ordinary answer (S2S-003, S2S-040). */
export async function readS2s(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: ReadRequest,
  services: Services,
): Promise<FastifyReply> {
  const { rules } = services
  const compression = negotiateCompression(request.headers['accept-encoding'])
  rejectIf(rules.checkReadQuery(asked.start, asked.end))

  const gone = clientDisconnected(reply)
  const outputs = await openRead(request, asked, gone, services)
  const body = openSessionBody(reply, 's2s', gone, services)
  const delivered = countReads(request, asked.address, services)
  await body.pour(frames(body.paced(outputs), compression, delivered, services))
  return reply
}

/**
 * Batches and heartbeats, and at most one terminal frame, the last (S2S-027, S2S-041, S2S-043). All but the last advise to
 * reconnect while the server drains (S2S-012).
 */
async function* frames(
  outputs: AsyncIterable<ReadOutput>,
  compression: Compression,
  delivered: () => void,
  { backend: { drain }, wire, report }: Services,
): AsyncGenerator<Pieces, void, undefined> {
  delivered()
  try {
    for await (const output of outputs) {
      if (output.kind === 'refused') throw new Refused(output.refusal)
      if (drain.phase === 'ending') throw new Refused(draining())
      delivered()
      for (const payload of payloads(readBatchOf(output), wire.encodeReadBatch)) {
        const message = await compressPieces(payload, compression)
        yield wire.encodeFrame({ ...message, reconnectAdvised: drain.phase !== 'serving' })
      }
    }
  } catch (error) {
    const { status, json } = wire.renderRefusal(refusalFor(error, report))
    yield [wire.encodeTerminal(status, json)]
  }
}

/** The batch, or its halves, and theirs: headers of one byte take twice their metered size on this wire (REC-028). */
function payloads(batch: ReadBatch, encode: (batch: ReadBatch) => Pieces): readonly Pieces[] {
  const payload = encode(batch)
  const { records } = batch
  if (lengthOfPieces(payload) <= MAX_FRAME_PAYLOAD_BYTES || records.length < 2) return [payload]
  const half = records.length >> 1
  return [records.slice(0, half), records.slice(half)].flatMap((part) =>
    payloads({ ...batch, records: part }, encode),
  )
}

/** What is not compressed stays in its pieces. */
async function compressPieces(
  pieces: Pieces,
  wanted: Compression,
): Promise<{ readonly payload: Pieces; readonly compression: Compression }> {
  if (wanted === 'none') return { payload: pieces, compression: wanted }
  const { payload, compression } = await compress(joinPieces(pieces), wanted)
  return { payload: [payload], compression }
}
