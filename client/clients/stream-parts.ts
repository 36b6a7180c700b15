import { HEADERS, MEDIA_TYPES } from '../../proto/http.ts'
import type { Format } from '../../proto/types.ts'
import type { Transport } from '../transport.ts'
import type { ClientParts } from './parts.ts'

/** What the operations on one stream have in common. */
export interface StreamParts extends ClientParts {
  readonly basin: string
  readonly stream: string
  readonly transport: Transport
}

/** Headers of a JSON or protobuf request in this transport; the check's own win. */
export function formatHeaders(transport: Transport): Readonly<Record<string, string>> {
  if (transport === 'base64') return { [HEADERS.format]: 'base64' }
  return transport === 'protobuf' ? { accept: MEDIA_TYPES.protobuf } : {}
}

/** Sessions in both directions at once: the version of HTTP that they go over. */
export const httpOf = ({ transport, sessionHttp }: StreamParts): '1.1' | '2' =>
  transport === 's2s-http1' ? '1.1' : sessionHttp

export const formatOf = (transport: Transport): Format => (transport === 'base64' ? 'base64' : 'raw')
