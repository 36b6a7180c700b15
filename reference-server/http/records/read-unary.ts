import type { FastifyReply, FastifyRequest } from 'fastify'
import { mediaKind } from '../../../proto/http.ts'
import { joinPieces } from '../../../proto/pieces.ts'
import type { Position, ReadBatch, SequencedRecord } from '../../../proto/types.ts'
import type { ReadOutput } from '../../backend/backend.ts'
import { sendJsonText, sendProtobuf } from '../bodies/answer.ts'
import { Refused, rejectIf } from '../errors.ts'
import { clientDisconnected } from '../flow-control/client-gone.ts'
import { trackUnsentAnswer } from '../flow-control/unsent-answer.ts'
import { format } from '../requests/headers.ts'
import type { Services } from '../services.ts'
import { openRead } from './open-read.ts'
import type { ReadRequest } from './read-query.ts'

/** One batch of what is there, or of what comes within `wait` seconds (READ-030 to READ-046). */
export async function readUnary(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: ReadRequest,
  services: Services,
): Promise<FastifyReply> {
  const { backend, rules, wire } = services
  const written = format(request)
  const end = rules.unaryEnd(asked.end)
  rejectIf(rules.checkReadQuery(asked.start, end))
  const outputs = await openRead(request, { ...asked, end }, clientDisconnected(reply), services)
  const unsent = trackUnsentAnswer(reply.raw, services)
  const batch = await merge(unsent.paced(outputs))
  unsent.taken()
  backend.served.unaryRead(asked.address)
  return mediaKind(request.headers.accept) === 'protobuf'
    ? sendProtobuf(reply, joinPieces(wire.encodeReadBatch(batch)))
    : sendJsonText(reply, wire.readBatchToJson(batch, written))
}

/**
 * Collects batches until the read ends. At the first heartbeat, which says that it stands at the tail, it has what there
 * is, or else waits for one more batch. The tail is what the last batch said of it (READ-063).
 */
async function merge(outputs: AsyncIterable<ReadOutput>): Promise<ReadBatch> {
  const records: SequencedRecord[] = []
  let tail: Position | undefined
  let atTail = false
  for await (const output of outputs) {
    if (output.kind === 'refused') throw new Refused(output.refusal)
    if (output.kind === 'batch') {
      records.push(...output.records)
      tail = output.tail
    }
    atTail ||= output.kind === 'heartbeat'
    if (atTail && records.length > 0) break
  }
  return tail === undefined ? { records } : { records, tail }
}
