import { API_PREFIX } from '../../proto/http.ts'
import type { Operation } from '../semantics/operation.ts'

/** The operation of each route, by method and path. An ensure counts as a create, as it does for tokens (CP-TOK-040). */
const OPERATION_OF: Readonly<Record<string, Operation>> = {
  'GET /basins': 'list-basins',
  'POST /basins': 'create-basin',
  'PUT /basins/:basin': 'create-basin',
  'GET /basins/:basin': 'get-basin-config',
  'PATCH /basins/:basin': 'reconfigure-basin',
  'DELETE /basins/:basin': 'delete-basin',
  'GET /streams': 'list-streams',
  'POST /streams': 'create-stream',
  'PUT /streams/:stream': 'create-stream',
  'GET /streams/:stream': 'get-stream-config',
  'PATCH /streams/:stream': 'reconfigure-stream',
  'DELETE /streams/:stream': 'delete-stream',
  'POST /streams/:stream/records': 'append',
  'GET /streams/:stream/records': 'read',
  'GET /streams/:stream/records/tail': 'check-tail',
  'GET /access-tokens': 'list-access-tokens',
  'POST /access-tokens': 'issue-access-token',
  'DELETE /access-tokens/:id': 'revoke-access-token',
  'GET /metrics': 'account-metrics',
  'GET /metrics/:basin': 'basin-metrics',
  'GET /metrics/:basin/:stream': 'stream-metrics',
  'GET /locations': 'list-locations',
  'GET /locations/default': 'get-default-location',
  'PUT /locations/default': 'set-default-location',
}

/** What a request asks for by its method and the pattern of its route; undefined where that is none of the API. */
export function operationOf({
  method,
  routeOptions: { url },
}: {
  readonly method: string
  readonly routeOptions: { readonly url?: string | undefined }
}): Operation | undefined {
  if (url === undefined || !url.startsWith(API_PREFIX)) return undefined
  return OPERATION_OF[`${method === 'HEAD' ? 'GET' : method} ${url.slice(API_PREFIX.length)}`]
}
