/** One operation of the API: what it does, and what it takes. Texts are markdown and name the rows behind them. */
export interface ApiOperation {
  /** Its name in the scope of an access token, or one of the same form. */
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly does: string
  readonly query?: readonly string[]
  /** Request headers besides those that every operation takes. */
  readonly headers?: readonly string[]
  /** Members of a JSON body. */
  readonly body?: readonly string[]
  readonly answer: string
}

const STREAM_CONFIG = ['storage_class', 'retention_policy', 'timestamping', 'delete_on_empty'] as const
const BASIN_CONFIG = [
  'default_stream_config',
  'stream_cipher',
  'create_stream_on_append',
  'create_stream_on_read',
] as const
const LIST = ['prefix', 'start_after', 'limit'] as const
const METRICS = ['set', 'start', 'end', 'interval'] as const

/** Every operation under `/v1`, data plane first. A test compares them with the captured requests. */
export const API_OPERATIONS: readonly ApiOperation[] = [
  {
    name: 'append',
    method: 'POST',
    path: '/v1/streams/{stream}/records',
    does: 'Appends one batch, or opens an S2S append session. [RTE-001] [APP-002]',
    headers: [
      'content-type',
      'accept',
      's2-format',
      's2-encryption-key',
      's2-stream-config',
      'content-encoding',
      'accept-encoding',
    ],
    body: ['records', 'match_seq_num', 'fencing_token'],
    answer: '`200` with `AppendAck` [APP-002]',
  },
  {
    name: 'read',
    method: 'GET',
    path: '/v1/streams/{stream}/records',
    does: 'Reads records: one answer, an SSE session or an S2S session. [RTE-001] [READ-001]',
    query: ['seq_num', 'timestamp', 'tail_offset', 'count', 'bytes', 'until', 'clamp', 'wait'],
    headers: ['content-type', 'accept', 's2-format', 's2-encryption-key', 'last-event-id', 'accept-encoding'],
    answer: '`200` with `ReadBatch` [REC-023]',
  },
  {
    name: 'check-tail',
    method: 'GET',
    path: '/v1/streams/{stream}/records/tail',
    does: 'Returns the tail. [TAIL-001]',
    headers: ['accept', 's2-format'],
    answer: '`200` with `tail` [TAIL-001]',
  },
  {
    name: 'list-basins',
    method: 'GET',
    path: '/v1/basins',
    does: 'Lists basins by name. [CP-BAS-010]',
    query: LIST,
    answer: '`200` with `basins` and `has_more` [CP-BAS-010]',
  },
  {
    name: 'create-basin',
    method: 'POST',
    path: '/v1/basins',
    does: 'Creates a basin. [CP-BAS-030]',
    headers: ['content-type', 's2-request-token'],
    body: ['basin', 'config', 'location'],
    answer: '`201` with the basin [CP-BAS-020]',
  },
  {
    name: 'ensure-basin',
    method: 'PUT',
    path: '/v1/basins/{basin}',
    does: 'Creates a basin, or replaces its configuration. [CP-BAS-050] [CP-BAS-051]',
    headers: ['content-type', 's2-request-token'],
    body: ['config', 'location'],
    answer: '`201` or `200` with the basin [CP-BAS-050]',
  },
  {
    name: 'get-basin-config',
    method: 'GET',
    path: '/v1/basins/{basin}',
    does: 'Returns the configuration of a basin. [CP-BAS-060]',
    answer: '`200` with `BasinConfig` [CP-BAS-060]',
  },
  {
    name: 'reconfigure-basin',
    method: 'PATCH',
    path: '/v1/basins/{basin}',
    does: 'Changes options of a basin. [CP-BAS-070]',
    headers: ['content-type'],
    body: BASIN_CONFIG,
    answer: '`200` with `BasinConfig` [CP-BAS-070]',
  },
  {
    name: 'delete-basin',
    method: 'DELETE',
    path: '/v1/basins/{basin}',
    does: 'Starts the deletion of a basin. [CP-BAS-080]',
    answer: '`202` [CP-BAS-080]',
  },
  {
    name: 'list-streams',
    method: 'GET',
    path: '/v1/streams',
    does: 'Lists the streams of a basin by name. [CP-STR-010]',
    query: LIST,
    headers: ['accept-encoding'],
    answer: '`200` with `streams` and `has_more` [CP-STR-010]',
  },
  {
    name: 'create-stream',
    method: 'POST',
    path: '/v1/streams',
    does: 'Creates a stream. [CP-STR-020]',
    headers: ['content-type', 's2-request-token', 'content-encoding'],
    body: ['stream', 'config'],
    answer: '`201` with the stream [CP-STR-015]',
  },
  {
    name: 'ensure-stream',
    method: 'PUT',
    path: '/v1/streams/{stream}',
    does: 'Creates a stream, or replaces its configuration. [CP-STR-041] [CP-STR-042]',
    headers: ['content-type'],
    body: STREAM_CONFIG,
    answer: '`201` or `200` with the stream [CP-STR-041]',
  },
  {
    name: 'get-stream-config',
    method: 'GET',
    path: '/v1/streams/{stream}',
    does: 'Returns the configuration of a stream. [CP-STR-050]',
    answer: '`200` with `StreamConfig` [CP-STR-050]',
  },
  {
    name: 'reconfigure-stream',
    method: 'PATCH',
    path: '/v1/streams/{stream}',
    does: 'Changes options of a stream. [CP-STR-060]',
    headers: ['content-type'],
    body: STREAM_CONFIG,
    answer: '`200` with `StreamConfig` [CP-STR-060]',
  },
  {
    name: 'delete-stream',
    method: 'DELETE',
    path: '/v1/streams/{stream}',
    does: 'Starts the deletion of a stream. [CP-STR-070]',
    answer: '`202` [CP-STR-070]',
  },
  {
    name: 'list-access-tokens',
    method: 'GET',
    path: '/v1/access-tokens',
    does: 'Lists access tokens without their secrets. [CP-TOK-003]',
    query: LIST,
    answer: '`200` with `access_tokens` and `has_more` [CP-TOK-003]',
  },
  {
    name: 'issue-access-token',
    method: 'POST',
    path: '/v1/access-tokens',
    does: 'Issues an access token. [CP-TOK-010]',
    headers: ['content-type'],
    body: ['id', 'scope', 'auto_prefix_streams', 'expires_at'],
    answer: '`201` with `access_token` [CP-TOK-010]',
  },
  {
    name: 'revoke-access-token',
    method: 'DELETE',
    path: '/v1/access-tokens/{id}',
    does: 'Revokes an access token. [CP-TOK-020]',
    answer: '`204` [CP-TOK-020]',
  },
  {
    name: 'account-metrics',
    method: 'GET',
    path: '/v1/metrics',
    does: 'Returns a metric set of the account. [CP-MET-010]',
    query: METRICS,
    answer: '`200` with `values` [CP-MET-030]',
  },
  {
    name: 'basin-metrics',
    method: 'GET',
    path: '/v1/metrics/{basin}',
    does: 'Returns a metric set of a basin. [CP-MET-011]',
    query: METRICS,
    answer: '`200` with `values` [CP-MET-030]',
  },
  {
    name: 'stream-metrics',
    method: 'GET',
    path: '/v1/metrics/{basin}/{stream}',
    does: 'Returns a metric set of a stream. [CP-MET-012]',
    query: METRICS,
    answer: '`200` with `values` [CP-MET-030]',
  },
  {
    name: 'list-locations',
    method: 'GET',
    path: '/v1/locations',
    does: 'Lists locations. [CP-LOC-002]',
    answer: '`200` with an array [CP-LOC-002]',
  },
  {
    name: 'get-default-location',
    method: 'GET',
    path: '/v1/locations/default',
    does: 'Returns the default location of the account. [CP-LOC-003]',
    answer: '`200` with one location [CP-LOC-003]',
  },
  {
    name: 'set-default-location',
    method: 'PUT',
    path: '/v1/locations/default',
    does: 'Sets the default location; the body is a JSON string. [CP-LOC-005]',
    headers: ['content-type'],
    answer: '`200` with one location [CP-LOC-005]',
  },
]
