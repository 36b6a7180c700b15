import { OPERATIONS } from '../../../reference-server/semantics/access/operation.ts'

/** A JSON schema of draft 2020-12, as OpenAPI 3.1 has it. */
export type Schema = Readonly<Record<string, unknown>>

const STRING: Schema = { type: 'string' }
const BOOLEAN: Schema = { type: 'boolean' }
/** 64 bits without a sign; JSON readers with doubles lose digits above 2^53. */
const UINT64: Schema = { type: 'integer', minimum: 0, format: 'uint64' }
const TIME: Schema = { type: 'string', format: 'date-time' }

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const nullable = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })
const list = (items: Schema): Schema => ({ type: 'array', items })
const oneOf = (...values: readonly string[]): Schema => ({ type: 'string', enum: values })

/** Readers of answers must ignore unknown members, so no object is closed. */
const object = (properties: Readonly<Record<string, Schema>>, ...optional: readonly string[]): Schema => ({
  type: 'object',
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
})

/** Every member may be missing, or null for its default. */
const settings = (properties: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, nullable(schema)]),
  ),
})

const page = (name: string, item: string): Schema => object({ [name]: list(ref(item)), has_more: BOOLEAN })

const RESOURCES: Schema = {
  anyOf: [object({ prefix: STRING }), object({ exact: STRING })],
}
const GROUP = settings({ read: BOOLEAN, write: BOOLEAN })
const SERIES = { name: STRING, unit: STRING, values: list(list({ type: 'number' })) }

/** The JSON objects of the API by their names: bodies of requests and answers. */
export const SCHEMAS: Readonly<Record<string, Schema>> = {
  Position: object({ seq_num: UINT64, timestamp: UINT64 }),
  Record: object(
    {
      seq_num: UINT64,
      timestamp: UINT64,
      headers: list({ ...list(STRING), minItems: 2, maxItems: 2 }),
      body: STRING,
    },
    'headers',
    'body',
  ),
  AppendRecord: settings({
    timestamp: UINT64,
    headers: list({ ...list(STRING), minItems: 2, maxItems: 2 }),
    body: STRING,
  }),
  AppendInput: object(
    {
      records: { ...list(ref('AppendRecord')), minItems: 1, maxItems: 1000 },
      match_seq_num: nullable(UINT64),
      fencing_token: nullable(STRING),
    },
    'match_seq_num',
    'fencing_token',
  ),
  AppendAck: object({ start: ref('Position'), end: ref('Position'), tail: ref('Position') }),
  ReadBatch: object({ records: list(ref('Record')), tail: ref('Position') }, 'tail'),
  Tail: object({ tail: ref('Position') }),
  StreamConfig: settings({
    storage_class: oneOf('standard', 'express'),
    retention_policy: {
      anyOf: [object({ age: { ...UINT64, minimum: 1 } }), object({ infinite: { type: 'object' } })],
    },
    timestamping: settings({ mode: oneOf('client-prefer', 'client-require', 'arrival'), uncapped: BOOLEAN }),
    delete_on_empty: settings({ min_age_secs: UINT64 }),
  }),
  BasinConfig: settings({
    default_stream_config: ref('StreamConfig'),
    stream_cipher: oneOf('aegis-256', 'aes-256-gcm'),
    create_stream_on_append: BOOLEAN,
    create_stream_on_read: BOOLEAN,
  }),
  CreateBasin: object(
    { basin: STRING, config: nullable(ref('BasinConfig')), location: nullable(STRING) },
    'config',
    'location',
  ),
  EnsureBasin: settings({ config: ref('BasinConfig'), location: STRING }),
  Basin: object(
    {
      name: STRING,
      location: nullable(STRING),
      created_at: TIME,
      deleted_at: nullable(TIME),
      state: oneOf('active', 'creating', 'deleting'),
    },
    'state',
  ),
  BasinPage: page('basins', 'Basin'),
  CreateStream: object({ stream: STRING, config: nullable(ref('StreamConfig')) }, 'config'),
  Stream: object(
    { name: STRING, created_at: TIME, deleted_at: nullable(TIME), cipher: nullable(STRING) },
    'cipher',
  ),
  StreamPage: page('streams', 'Stream'),
  AccessTokenScope: settings({
    basins: RESOURCES,
    streams: RESOURCES,
    access_tokens: RESOURCES,
    op_groups: settings({ account: GROUP, basin: GROUP, stream: GROUP }),
    ops: list(oneOf(...OPERATIONS)),
  }),
  AccessTokenInfo: object(
    {
      id: STRING,
      scope: ref('AccessTokenScope'),
      auto_prefix_streams: nullable(BOOLEAN),
      expires_at: nullable(TIME),
    },
    'auto_prefix_streams',
    'expires_at',
  ),
  AccessTokenPage: page('access_tokens', 'AccessTokenInfo'),
  IssuedAccessToken: object({ access_token: STRING }),
  Metrics: object({
    values: list({
      anyOf: [
        object({ scalar: object({ name: STRING, unit: STRING, value: { type: 'number' } }) }),
        object({ gauge: object(SERIES) }),
        object({ accumulation: object({ ...SERIES, interval: oneOf('minute', 'hour', 'day') }) }),
        object({ label: object({ name: STRING, values: list(STRING) }) }),
      ],
    }),
  }),
  Location: object({ name: STRING, is_private: BOOLEAN }),
  Locations: list(ref('Location')),
  LocationName: STRING,
  Error: object({ code: STRING, message: STRING }),
  ConditionFailed: {
    oneOf: [object({ seq_num_mismatch: UINT64 }), object({ fencing_token_mismatch: STRING })],
  },
}

/** Query parameters whose values are no text. */
export const PARAMETER_SCHEMAS: Readonly<Record<string, Schema>> = {
  seq_num: UINT64,
  timestamp: UINT64,
  tail_offset: UINT64,
  count: UINT64,
  bytes: UINT64,
  until: UINT64,
  clamp: BOOLEAN,
  wait: UINT64,
  limit: { ...UINT64, maximum: 1000 },
  start: UINT64,
  end: UINT64,
  interval: oneOf('minute', 'hour', 'day'),
}

/** The schemas of the body of a request and of its answer, by the name of the operation. */
export const BODIES: Readonly<Record<string, { readonly request?: string; readonly answer?: string }>> = {
  append: { request: 'AppendInput', answer: 'AppendAck' },
  read: { answer: 'ReadBatch' },
  'check-tail': { answer: 'Tail' },
  'list-basins': { answer: 'BasinPage' },
  'create-basin': { request: 'CreateBasin', answer: 'Basin' },
  'ensure-basin': { request: 'EnsureBasin', answer: 'Basin' },
  'get-basin-config': { answer: 'BasinConfig' },
  'reconfigure-basin': { request: 'BasinConfig', answer: 'BasinConfig' },
  'delete-basin': {},
  'list-streams': { answer: 'StreamPage' },
  'create-stream': { request: 'CreateStream', answer: 'Stream' },
  'ensure-stream': { request: 'StreamConfig', answer: 'Stream' },
  'get-stream-config': { answer: 'StreamConfig' },
  'reconfigure-stream': { request: 'StreamConfig', answer: 'StreamConfig' },
  'delete-stream': {},
  'list-access-tokens': { answer: 'AccessTokenPage' },
  'issue-access-token': { request: 'AccessTokenInfo', answer: 'IssuedAccessToken' },
  'revoke-access-token': {},
  'account-metrics': { answer: 'Metrics' },
  'basin-metrics': { answer: 'Metrics' },
  'stream-metrics': { answer: 'Metrics' },
  'list-locations': { answer: 'Locations' },
  'get-default-location': { answer: 'Location' },
  'set-default-location': { request: 'LocationName', answer: 'Location' },
}
