import type { FastifyReply, FastifyRequest } from 'fastify'
import { mediaKind } from '../../../proto/http.ts'
import { MAX_FENCING_TOKEN_BYTES } from '../../../proto/limits.ts'
import { decodeAppendInput } from '../../../proto/messages.ts'
import type { AppendInput } from '../../../proto/types.ts'
import { WireError } from '../../../proto/wire-error.ts'
import { sendJsonText, sendProtobuf } from '../bodies/answer.ts'
import { readBody } from '../bodies/body.ts'
import { readJsonBytes } from '../bodies/json-request.ts'
import { accepted, rejectIf } from '../errors.ts'
import { enterWindows } from '../flow-control/admission.ts'
import { endOfSession } from '../flow-control/client-gone.ts'
import type { Throttle } from '../flow-control/throttle.ts'
import { countAppends } from '../hooks/count-appends.ts'
import { measureAppend } from '../hooks/measure.ts'
import { callerOf } from '../hooks/operation.ts'
import { format, withEncryptionKey } from '../requests/headers.ts'
import { readValue } from '../requests/malformed-value.ts'
import { addressOf } from '../resources/streams.ts'
import type { Services } from '../services.ts'
import { streamUse } from './stream-use.ts'

/** One batch in, its acknowledgement out, each in JSON or protobuf (RTE-015, RTE-017); checked in the order of RTE-032. */
export async function appendUnary(
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
  throttle?: Throttle,
): Promise<FastifyReply> {
  const { backend, rules, wire, stopwatch } = services
  const { appends } = services.bounds
  const stream = streamUse(addressOf(request, rules), request, rules)
  const counted = countAppends(request, stream, services)
  const ack = await withEncryptionKey(request, async (key) => {
    const input = await readInput(request, services)
    const arrived = stopwatch()
    const admit = () => callerOf(request).append(accepted(rules.admitBatch(input())))
    rejectIf(throttle?.admit(request, stream, admit().size))
    const { batch, weight } = await enterWindows(admit, [appends], endOfSession(reply))
    const append = async () => counted(await backend.append(stream, batch, key))
    return accepted(
      await measureAppend(batch, arrived, append, services).finally(() => appends.leave(weight)),
    )
  })
  return mediaKind(request.headers.accept) === 'protobuf'
    ? sendProtobuf(reply, wire.encodeAppendAck(ack))
    : sendJsonText(reply, wire.appendAckToJson(ack))
}

/** To be decoded by a call, and again by another. */
async function readInput(request: FastifyRequest, services: Services): Promise<() => AppendInput> {
  if (mediaKind(request.headers['content-type']) === 'protobuf') {
    const bytes = await readBody(request, services, 'bad_proto')
    return () => decodeAppendInput(bytes)
  }
  const written = format(request)
  const bytes = await readJsonBytes(request, services)
  return () => {
    const input = services.wire.appendInputFromJson(bytes, written)
    readValue(services.rules.flavor, () => checkTokenLength(input))
    return input
  }
}

/** In JSON a fencing token that is too long is a wrong body, unless the flavor says that it is invalid (REC-016). */
function checkTokenLength({ fencingToken = '' }: AppendInput): void {
  if (Buffer.byteLength(fencingToken) <= MAX_FENCING_TOKEN_BYTES) return
  throw new WireError('bad_json', `fencing_token has at most ${MAX_FENCING_TOKEN_BYTES} bytes of UTF-8`)
}
