import type { FastifyRequest } from 'fastify'
import type { AppendAck } from '../../../proto/types.ts'
import type { StreamAddress } from '../../backend/backend.ts'
import { isRefusal, type Refusal } from '../../semantics/refusal.ts'
import { connectionOf } from '../connections/connection.ts'
import type { Services } from '../services.ts'

/** Tells the metrics of each append of a request that was acknowledged, and passes its outcome on. */
export function countAppends(
  request: FastifyRequest,
  address: StreamAddress,
  { backend }: Services,
): <Outcome extends AppendAck | Refusal | undefined>(outcome: Outcome) => Outcome {
  const connection = connectionOf(request.raw)
  return (outcome) => {
    if (outcome !== undefined && !isRefusal(outcome)) backend.served.append(address, connection)
    return outcome
  }
}
