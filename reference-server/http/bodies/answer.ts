import type { FastifyReply } from 'fastify'
import { HEADERS, MEDIA_TYPES } from '../../../proto/http.ts'
import { stringifyJson } from '../../../proto/json.ts'
import type { Provisioned } from '../../backend/backend.ts'
import type { Provision } from '../../semantics/resources/provision.ts'

/** A JSON answer from a value whose integers may be `bigint`. */
export function sendJson(reply: FastifyReply, value: object): FastifyReply {
  return sendJsonText(reply, stringifyJson(value))
}

export function sendJsonText(reply: FastifyReply, json: string): FastifyReply {
  // As bytes: to text, Fastify would add a charset.
  return reply.type(MEDIA_TYPES.json).send(Buffer.from(json))
}

export function sendProtobuf(reply: FastifyReply, message: Uint8Array): FastifyReply {
  return reply
    .type(MEDIA_TYPES.protobuf)
    .send(Buffer.from(message.buffer, message.byteOffset, message.length))
}

/** No body, and a length that says so: some clients take an empty chunked body for an error. */
export function sendEmpty(reply: FastifyReply, status: number): FastifyReply {
  return reply.code(status).header('content-length', '0').send()
}

/** POST answers 201 also for a repeat (CP-BAS-033); PUT 201 for a new resource, else 200 (CP-BAS-050). */
export function sendProvisioned<Info>(
  reply: FastifyReply,
  statuses: Readonly<Record<Provision, number>>,
  { result, info }: Provisioned<Info>,
  toJson: (info: Info) => object,
): FastifyReply {
  return sendJson(reply.code(statuses[result]).header(HEADERS.provisionResult, result), toJson(info))
}

export const POST_STATUSES: Readonly<Record<Provision, number>> = { created: 201, updated: 201, noop: 201 }
export const PUT_STATUSES: Readonly<Record<Provision, number>> = { created: 201, updated: 200, noop: 200 }
