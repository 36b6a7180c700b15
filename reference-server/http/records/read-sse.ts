import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Pieces } from '../../../proto/pieces.ts'
import type { EventId } from '../../../proto/sse-events.ts'
import type { Format } from '../../../proto/types.ts'
import type { ReadOutput } from '../../backend/backend.ts'
import { draining } from '../../backend/refusals.ts'
import { openSessionBody } from '../bodies/session-body.ts'
import { Refused, refusalFor, rejectIf } from '../errors.ts'
import { clientDisconnected } from '../flow-control/client-gone.ts'
import { countReads } from '../hooks/count-reads.ts'
import { format, lastEventId } from '../requests/headers.ts'
import type { Services } from '../services.ts'
import { openRead } from './open-read.ts'
import { readBatchOf } from './read-output.ts'
import type { ReadRequest } from './read-query.ts'

/** A read session as server-sent events; what is wrong before it starts is an ordinary answer (SSE-001, SSE-002). */
export async function readSse(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: ReadRequest,
  services: Services,
): Promise<FastifyReply> {
  const { rules } = services
  const written = format(request)
  const id = lastEventId(request)
  // Two selectors are refused even where the id is about to replace them (READ-003); `until` counts from there (SSE-016).
  rejectIf(rules.checkReadQuery(asked.start, {}))
  const wanted = id === undefined ? asked : { ...asked, ...rules.resumeRead(asked.start, asked.end, id) }
  rejectIf(rules.checkReadQuery(wanted.start, wanted.end))

  const gone = clientDisconnected(reply)
  const outputs = await openRead(request, wanted, gone, services)
  const body = openSessionBody(reply, 'event-stream', gone, services)
  const delivered = countReads(request, asked.address, services)
  await body.pour(events(body.paced(outputs), written, id, delivered, services))
  return reply
}

/**
 * One event for each output, then `[DONE]`, or else an error (SSE-003 to SSE-008).
 */
async function* events(
  outputs: AsyncIterable<ReadOutput>,
  written: Format,
  resumed: EventId | undefined,
  delivered: () => void,
  { backend: { drain }, rules, wire, clock, report }: Services,
): AsyncGenerator<Pieces, void, undefined> {
  let before = resumed
  delivered()
  try {
    for await (const output of outputs) {
      if (output.kind === 'refused') throw new Refused(output.refusal)
      if (drain.phase === 'ending') throw new Refused(draining())
      delivered()
      if (output.kind === 'heartbeat') {
        yield [Buffer.from(wire.pingEvent(clock.now(), output.tail))]
        continue
      }
      const id = rules.nextEventId(before, output.records)
      if (id === undefined) continue
      before = id
      yield [Buffer.from(wire.batchEvent(readBatchOf(output), written, id))]
    }
    yield [Buffer.from(wire.doneEvent())]
  } catch (error) {
    yield [Buffer.from(wire.errorEvent(wire.renderRefusal(refusalFor(error, report)).json))]
  }
}
