import type { FastifyRequest } from 'fastify'
import type { StreamAddress } from '../../backend/backend.ts'
import { connectionOf } from '../connections/connection.ts'
import type { Services } from '../services.ts'

/** To be called when a read session begins and whenever it delivers something: tells the metrics. */
export function countReads(
  request: FastifyRequest,
  address: StreamAddress,
  { backend }: Services,
): () => void {
  const connection = connectionOf(request.raw)
  return () => backend.served.sessionRead(address, connection)
}
