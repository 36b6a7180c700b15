import type { ClientName } from './clients.ts'

/** An operation of S2 as a call of a client: the request that each snippet of that name makes. */
export interface CallOperation {
  /** The name of its snippets' files. */
  readonly name: string
  readonly title: string
  /** The name of its operation in the reference of the API. */
  readonly operation: string
  readonly request: CallRequest
  /** Why a client cannot make this call. */
  readonly missing?: Readonly<Partial<Record<ClientName, string>>>
}

/** A request without what differs between clients: connection, encoding and headers of the transport. */
export interface CallRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** The header `s2-basin`. */
  readonly basin?: string
  /** The header `s2-encryption-key`. */
  readonly key?: string
  /** The JSON body; of an append session, one body for each batch. */
  readonly body?: unknown
  /** A session, whatever its transport; absent for one request with one answer. */
  readonly session?: 'append' | 'read'
}

const IN_BASIN = { basin: 'my-basin' } as const
const RECORDS = { ...IN_BASIN, path: '/v1/streams/example-1/records' } as const
const HELLO = { records: [{ body: 'hello' }] } as const
const KEY = 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA='
const DAY = { retention_policy: { age: 86_400 } } as const
const WINDOW = { start: '1767225600', end: '1767229200' } as const

const NO_CLI_ENSURE = 'only `s2 apply` with a file of resources ensures them'
const NO_CLI_WAIT = '`s2 read` has no option for `wait`'

const append = (body: Readonly<Record<string, unknown>>): CallRequest => ({
  ...RECORDS,
  method: 'POST',
  body,
})
const read = (query: Readonly<Record<string, string>>): CallRequest => ({ ...RECORDS, method: 'GET', query })

/** Every call that is shown, in the order of the page. */
export const CALL_OPERATIONS: readonly CallOperation[] = [
  { name: 'append', title: 'Append a batch', operation: 'append', request: append(HELLO) },
  {
    name: 'append-headers',
    title: 'Append records with headers and timestamps',
    operation: 'append',
    request: append({ records: [{ body: 'hello', headers: [['kind', 'greeting']], timestamp: 1000 }] }),
    missing: { cli: '`s2 append --format json` takes headers, but no timestamp' },
  },
  {
    name: 'append-match-seq-num',
    title: 'Append if the tail is where the writer expects it',
    operation: 'append',
    request: append({ ...HELLO, match_seq_num: 3 }),
  },
  {
    name: 'append-fencing-token',
    title: 'Append as the holder of a fencing token',
    operation: 'append',
    request: append({ ...HELLO, fencing_token: 'writer-1' }),
  },
  {
    name: 'fence',
    title: 'Set the fencing token',
    operation: 'append',
    request: append({ records: [{ headers: [['', 'fence']], body: 'writer-2' }] }),
  },
  {
    name: 'trim',
    title: 'Trim the stream',
    operation: 'append',
    request: append({ records: [{ headers: [['', 'trim']], body: '\0\0\0\0\0\0\0\u0002' }] }),
  },
  {
    name: 'append-session',
    title: 'Append batches in a session',
    operation: 'append',
    request: {
      ...RECORDS,
      method: 'POST',
      session: 'append',
      body: [HELLO, { records: [{ body: 'world' }] }],
    },
    missing: { cli: '`s2 append` opens a session, but its input does not choose the batches' },
  },
  {
    name: 'read',
    title: 'Read from a sequence number',
    operation: 'read',
    request: read({ seq_num: '0', count: '10' }),
  },
  {
    name: 'read-bytes',
    title: 'Read up to a size',
    operation: 'read',
    request: read({ seq_num: '0', bytes: '1024' }),
  },
  {
    name: 'read-timestamp',
    title: 'Read from a time',
    operation: 'read',
    request: read({ timestamp: '1000', count: '10' }),
  },
  {
    name: 'read-tail-offset',
    title: 'Read the last records',
    operation: 'read',
    request: read({ tail_offset: '2', count: '10' }),
  },
  {
    name: 'read-until',
    title: 'Read up to a time',
    operation: 'read',
    request: read({ seq_num: '0', until: '2000' }),
  },
  {
    name: 'read-clamp',
    title: 'Read from beyond the tail',
    operation: 'read',
    request: read({ seq_num: '99', count: '10', clamp: 'true', wait: '1' }),
    missing: { cli: NO_CLI_WAIT },
  },
  {
    name: 'read-wait',
    title: 'Read and wait for records',
    operation: 'read',
    request: read({ seq_num: '0', count: '10', wait: '5' }),
    missing: { cli: NO_CLI_WAIT },
  },
  {
    name: 'follow',
    title: 'Follow a stream',
    operation: 'read',
    request: { ...read({ seq_num: '0' }), session: 'read' },
  },
  {
    name: 'check-tail',
    title: 'Check the tail',
    operation: 'check-tail',
    request: { ...IN_BASIN, method: 'GET', path: '/v1/streams/example-1/records/tail' },
  },
  {
    name: 'append-encrypted',
    title: 'Append with an encryption key',
    operation: 'append',
    request: {
      method: 'POST',
      path: '/v1/streams/example-2/records',
      basin: 'example-1',
      key: KEY,
      body: HELLO,
    },
  },
  {
    name: 'read-encrypted',
    title: 'Read with an encryption key',
    operation: 'read',
    request: {
      method: 'GET',
      path: '/v1/streams/example-2/records',
      query: { seq_num: '0', count: '10' },
      basin: 'example-1',
      key: KEY,
    },
  },
  {
    name: 'create-basin',
    title: 'Create a basin',
    operation: 'create-basin',
    request: {
      method: 'POST',
      path: '/v1/basins',
      body: { basin: 'example-1', config: { create_stream_on_append: true } },
    },
  },
  {
    name: 'ensure-basin',
    title: 'Ensure a basin',
    operation: 'ensure-basin',
    request: {
      method: 'PUT',
      path: '/v1/basins/example-1',
      body: { config: { create_stream_on_append: true } },
    },
    missing: { cli: NO_CLI_ENSURE },
  },
  {
    name: 'list-basins',
    title: 'List basins',
    operation: 'list-basins',
    request: { method: 'GET', path: '/v1/basins', query: { prefix: 'example-', limit: '10' } },
  },
  {
    name: 'get-basin-config',
    title: 'Get the configuration of a basin',
    operation: 'get-basin-config',
    request: { method: 'GET', path: '/v1/basins/example-1' },
  },
  {
    name: 'reconfigure-basin',
    title: 'Reconfigure a basin',
    operation: 'reconfigure-basin',
    request: { method: 'PATCH', path: '/v1/basins/example-1', body: { create_stream_on_append: true } },
  },
  {
    name: 'delete-basin',
    title: 'Delete a basin',
    operation: 'delete-basin',
    request: { method: 'DELETE', path: '/v1/basins/example-1' },
  },
  {
    name: 'create-stream',
    title: 'Create a stream',
    operation: 'create-stream',
    request: { ...IN_BASIN, method: 'POST', path: '/v1/streams', body: { stream: 'example-1' } },
  },
  {
    name: 'ensure-stream',
    title: 'Ensure a stream',
    operation: 'ensure-stream',
    request: { ...IN_BASIN, method: 'PUT', path: '/v1/streams/example-1', body: DAY },
    missing: { cli: NO_CLI_ENSURE },
  },
  {
    name: 'list-streams',
    title: 'List streams',
    operation: 'list-streams',
    request: { ...IN_BASIN, method: 'GET', path: '/v1/streams', query: { prefix: 'example-', limit: '10' } },
  },
  {
    name: 'get-stream-config',
    title: 'Get the configuration of a stream',
    operation: 'get-stream-config',
    request: { ...IN_BASIN, method: 'GET', path: '/v1/streams/example-1' },
  },
  {
    name: 'reconfigure-stream',
    title: 'Reconfigure a stream',
    operation: 'reconfigure-stream',
    request: { ...IN_BASIN, method: 'PATCH', path: '/v1/streams/example-1', body: DAY },
  },
  {
    name: 'delete-stream',
    title: 'Delete a stream',
    operation: 'delete-stream',
    request: { ...IN_BASIN, method: 'DELETE', path: '/v1/streams/example-1' },
  },
  {
    name: 'issue-access-token',
    title: 'Issue an access token',
    operation: 'issue-access-token',
    request: {
      method: 'POST',
      path: '/v1/access-tokens',
      body: {
        id: 'reader',
        scope: { basins: { exact: 'my-basin' }, streams: { prefix: 'example-' }, ops: ['read'] },
      },
    },
  },
  {
    name: 'list-access-tokens',
    title: 'List access tokens',
    operation: 'list-access-tokens',
    request: { method: 'GET', path: '/v1/access-tokens', query: { prefix: 'read', limit: '10' } },
  },
  {
    name: 'revoke-access-token',
    title: 'Revoke an access token',
    operation: 'revoke-access-token',
    request: { method: 'DELETE', path: '/v1/access-tokens/reader' },
  },
  {
    name: 'account-metrics',
    title: 'Get metrics of the account',
    operation: 'account-metrics',
    request: {
      method: 'GET',
      path: '/v1/metrics',
      query: { set: 'account-ops', ...WINDOW, interval: 'minute' },
    },
  },
  {
    name: 'basin-metrics',
    title: 'Get metrics of a basin',
    operation: 'basin-metrics',
    request: { method: 'GET', path: '/v1/metrics/my-basin', query: { set: 'storage', ...WINDOW } },
  },
  {
    name: 'stream-metrics',
    title: 'Get metrics of a stream',
    operation: 'stream-metrics',
    request: { method: 'GET', path: '/v1/metrics/my-basin/example-1', query: { set: 'storage', ...WINDOW } },
  },
  {
    name: 'list-locations',
    title: 'List locations',
    operation: 'list-locations',
    request: { method: 'GET', path: '/v1/locations' },
  },
  {
    name: 'get-default-location',
    title: 'Get the default location',
    operation: 'get-default-location',
    request: { method: 'GET', path: '/v1/locations/default' },
  },
  {
    name: 'set-default-location',
    title: 'Set the default location',
    operation: 'set-default-location',
    request: { method: 'PUT', path: '/v1/locations/default', body: 'aws:us-east-1' },
  },
]
