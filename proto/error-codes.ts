/**
 * The closed table of S2's error codes (CP-ERR-001, section 11 of the data plane). A code has one status;
 * `retryable` and `sideEffects` are what a client may conclude from it. No Node built-in is used here.
 */
export interface ErrorCodeFacts {
  readonly status: number
  readonly retryable: boolean
  /** False: the request certainly changed nothing. */
  readonly sideEffects: boolean
}

const facts = (status: number, retryable: boolean, sideEffects: boolean): ErrorCodeFacts => ({
  status,
  retryable,
  sideEffects,
})

export type ErrorCode =
  | 'access_token_not_found'
  | 'authn'
  | 'bad_frame'
  | 'bad_header'
  | 'bad_json'
  | 'bad_path'
  | 'bad_proto'
  | 'bad_query'
  | 'basin_deletion_pending'
  | 'basin_not_found'
  | 'client_hangup'
  | 'decryption_failed'
  | 'hot_server'
  | 'invalid'
  | 'not_implemented'
  | 'other'
  | 'permission_denied'
  | 'quota_exhausted'
  | 'rate_limited'
  | 'request_timeout'
  | 'resource_already_exists'
  | 'server_draining'
  | 'storage'
  | 'stream_deletion_pending'
  | 'stream_not_found'
  | 'transaction_conflict'
  | 'unavailable'
  | 'upstream_timeout'

export const ERROR_CODES: Readonly<Record<ErrorCode, ErrorCodeFacts>> = {
  access_token_not_found: facts(404, false, false),
  authn: facts(401, false, false),
  bad_frame: facts(400, false, false),
  bad_header: facts(400, false, false),
  bad_json: facts(400, false, false),
  bad_path: facts(400, false, false),
  bad_proto: facts(400, false, false),
  bad_query: facts(400, false, false),
  basin_deletion_pending: facts(409, false, false),
  basin_not_found: facts(404, false, false),
  client_hangup: facts(499, false, true),
  decryption_failed: facts(400, false, false),
  hot_server: facts(502, true, false),
  invalid: facts(422, false, false),
  not_implemented: facts(501, false, false),
  other: facts(500, true, true),
  permission_denied: facts(403, false, false),
  quota_exhausted: facts(403, false, false),
  rate_limited: facts(429, true, false),
  request_timeout: facts(408, true, true),
  resource_already_exists: facts(409, false, false),
  server_draining: facts(503, true, false),
  storage: facts(500, true, true),
  stream_deletion_pending: facts(409, false, false),
  stream_not_found: facts(404, false, false),
  transaction_conflict: facts(409, true, false),
  unavailable: facts(503, true, true),
  upstream_timeout: facts(504, true, true),
}

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERROR_CODES, text)
}
