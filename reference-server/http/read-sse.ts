import type { FastifyReply, FastifyRequest } from 'fastify'
import { MAX_U64 } from '../../proto/limits.ts'
import type { EventId } from '../../proto/sse-events.ts'
import type { Format } from '../../proto/types.ts'
import type { ReadOutput } from '../backend/backend.ts'
import { draining } from '../backend/refusals.ts'
import { meteredSize } from '../semantics/metered-size.ts'
import { clientGone } from './client-gone.ts'
import { countReads } from './count-reads.ts'
import { Refused, refusalFor, rejectIf } from './errors.ts'
import { format, lastEventId } from './headers.ts'
import { openRead } from './open-read.ts'
import { readBatchOf } from './read-output.ts'
import type { ReadRequest } from './read-query.ts'
import type { Services } from './services.ts'
import { openSessionBody } from './session-body.ts'

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
  const wanted = id === undefined ? asked : resume(asked, id)
  rejectIf(rules.checkReadQuery(wanted.start, wanted.end))

  const gone = clientGone(reply)
  const outputs = await openRead(request, wanted, gone, services)
  const body = openSessionBody(reply, 'event-stream', gone, services)
  const delivered = countReads(request, asked.address, services)
  await body.pour(events(body.paced(outputs), written, id, delivered, services))
  return reply
}

/** Goes on after the event of this id: its number replaces the start, its counts come off the bounds (SSE-009). */
export function resume({ start, end, ...asked }: ReadRequest, id: EventId): ReadRequest {
  const seqNum = id.seqNum < MAX_U64 ? id.seqNum + 1n : MAX_U64
  return {
    ...asked,
    start: { seqNum, ...(start.clamp !== undefined && { clamp: start.clamp }) },
    end: {
      ...end,
      ...(end.count !== undefined && { count: less(end.count, id.count) }),
      ...(end.bytes !== undefined && { bytes: less(end.bytes, id.bytes) }),
    },
  }
}

const atMost = (sum: bigint): bigint => (sum < MAX_U64 ? sum : MAX_U64)

const less = (bound: bigint, used: bigint): bigint => (bound > used ? bound - used : 0n)

/**
 * One event for each output, then `[DONE]`, or else an error (SSE-003 to SSE-008). Ids go on counting from the one that
 * was resumed, so that a client which brings its newest id with its first query gets what it asked for (SSE-010).
 */
async function* events(
  outputs: AsyncIterable<ReadOutput>,
  written: Format,
  resumed: EventId | undefined,
  delivered: () => void,
  { backend: { drain }, wire, clock, report }: Services,
): AsyncGenerator<Uint8Array, void, undefined> {
  let count = resumed?.count ?? 0n
  let bytes = resumed?.bytes ?? 0n
  delivered()
  try {
    for await (const output of outputs) {
      if (output.kind === 'refused') throw new Refused(output.refusal)
      if (drain.phase === 'ending') throw new Refused(draining())
      delivered()
      if (output.kind === 'heartbeat') {
        yield Buffer.from(wire.pingEvent(clock.now(), output.tail))
        continue
      }
      const last = output.records.at(-1)
      if (last === undefined) continue
      count += BigInt(output.records.length)
      for (const record of output.records) bytes += meteredSize(record)
      const id = { seqNum: last.seqNum, count: atMost(count), bytes: atMost(bytes) }
      yield Buffer.from(wire.batchEvent(readBatchOf(output), written, id))
    }
    yield Buffer.from(wire.doneEvent())
  } catch (error) {
    yield Buffer.from(wire.errorEvent(wire.renderRefusal(refusalFor(error, report)).json))
  }
}
