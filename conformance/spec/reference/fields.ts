/** Names on the wire, each with its meaning as markdown that names rows. */
export type Fields = Readonly<Record<string, string>>

export const QUERY_PARAMETERS: Fields = {
  seq_num: 'Start of a read: the first existing record with at least this number. [READ-004]',
  timestamp: 'Start of a read: the first existing record with at least this timestamp. [READ-005]',
  tail_offset: 'Start of a read: this many numbers before the tail. [READ-006]',
  count: 'At most this many records. [READ-020]',
  bytes: 'At most this many metered bytes. [READ-021]',
  until: 'Only records with a timestamp below this one. [READ-025]',
  clamp: '`true` moves a start beyond the tail back to the tail. [READ-011]',
  wait: 'Seconds that a read may wait for a record. [READ-042]',
  prefix: 'Keeps the names that start with it. [CP-BAS-012]',
  start_after: 'Keeps the names strictly greater than it. [CP-BAS-013]',
  limit: 'Names on one page: 1000 by default and at most. [CP-BAS-015]',
  set: 'The name of a metric set; required. [CP-MET-013]',
  start: 'Begin of the range of a metric, in seconds since the Unix epoch. [CP-MET-013]',
  end: 'End of the range of a metric, which excludes it. [CP-MET-021]',
  interval: '`minute`, `hour` or `day`. [CP-MET-013]',
}

export const REQUEST_HEADERS: Fields = {
  authorization: '`Bearer` and the access token, on hosted S2. [CP-RT-060]',
  's2-basin': 'The basin of a request under `/streams`, on s2-lite. [RTE-002] [RTE-003]',
  'content-type': 'The form of an append; `s2s/proto` opens a session. [RTE-015] [RTE-019]',
  accept: 'The form of the answer: JSON, protobuf, or `text/event-stream`. [RTE-017] [RTE-018]',
  's2-format': '`raw` or `base64` for bytes in JSON and SSE. [RTE-021]',
  's2-encryption-key': 'Base64 of the 32 bytes of the key of an encrypted stream. [ENC-002]',
  's2-request-token': 'Makes a POST repeatable; at most 36 bytes. [CP-BAS-032] [CP-LIM-008]',
  's2-stream-config': 'The configuration of a stream that an append or read creates. [RTE-035]',
  'last-event-id': 'Resumes an SSE read behind this event. [SSE-009]',
  'content-encoding': '`gzip` or `zstd` for the body. [RTE-025]',
  'accept-encoding': 'Permits a compressed answer. [RTE-026] [S2S-004]',
}

export const ANSWER_HEADERS: Fields = {
  'content-type':
    '`application/json`, a protobuf type, `text/event-stream` or `s2s/proto`. [CP-RT-030] [RTE-017]',
  's2-provision-result': '`created`, `updated` or `noop`, after a POST or PUT. [CP-BAS-050] [CP-STR-041]',
  'cache-control': '`no-cache, no-transform` on a session. [RTE-020]',
  'x-accel-buffering': '`no` on a session: proxies must not buffer it. [RTE-020]',
  'content-encoding': 'Names the compression of the answer. [RTE-026]',
  'retry-after-ms': 'Least time before a retry, in milliseconds. [CP-RT-045]',
}

/** Members of JSON bodies, by the object that has them. */
export const JSON_OBJECTS: readonly { readonly name: string; readonly fields: Fields }[] = [
  {
    name: 'AppendInput',
    fields: {
      records: 'Array of 1 to 1000 records. [REC-011] [REC-003]',
      match_seq_num: 'The number that the first record must get. [APP-011]',
      fencing_token: 'The token that the stream must have. [APP-014]',
    },
  },
  {
    name: 'Record',
    fields: {
      seq_num: 'Sequence number; only in answers. [REC-022]',
      timestamp: 'Milliseconds since the Unix epoch, or what the client sets. [REC-012] [APP-031]',
      headers: 'Array of pairs of a name and a value. [REC-012]',
      body: 'Text, or base64 with `s2-format: base64`. [REC-012] [RTE-021]',
    },
  },
  {
    name: 'AppendAck',
    fields: {
      start: 'Position of the first record. [APP-002]',
      end: 'One past the last number, with the timestamp of the last record. [APP-002]',
      tail: 'The tail of the stream, at least `end`. [APP-002]',
    },
  },
  {
    name: 'ReadBatch',
    fields: {
      records: 'The records in order. [REC-023]',
      tail: 'The tail; optional. [READ-062]',
    },
  },
  {
    name: 'StreamConfig',
    fields: {
      storage_class: '`standard` or `express`. [CP-CFG-001]',
      retention_policy: '`{"age": seconds}` or `{"infinite": {}}`. [CP-CFG-002]',
      timestamping: '`mode` and `uncapped`. [CP-CFG-006] [CP-CFG-007]',
      delete_on_empty: '`min_age_secs`; 0 disables it. [CP-CFG-008]',
    },
  },
  {
    name: 'BasinConfig',
    fields: {
      default_stream_config: 'A `StreamConfig` for new streams. [CP-CFG-020]',
      stream_cipher: 'null, `aegis-256` or `aes-256-gcm`. [CP-CFG-021]',
      create_stream_on_append: 'An append creates a missing stream. [CP-CFG-022]',
      create_stream_on_read: 'A read creates a missing stream. [CP-CFG-022]',
    },
  },
  {
    name: 'AccessTokenInfo',
    fields: {
      id: '1 to 96 bytes, unique in the account. [CP-TOK-002]',
      scope: '`basins`, `streams`, `access_tokens`, `ops`, `op_groups`. [CP-TOK-030] [CP-TOK-032]',
      auto_prefix_streams: 'Prepends the stream prefix of the scope to names. [CP-TOK-050]',
      expires_at: 'The token is invalid from then on. [CP-TOK-016]',
    },
  },
  {
    name: 'Error',
    fields: {
      code: 'One of the codes below. [CP-ERR-001]',
      message: 'Text for humans. [ERR-045]',
      seq_num_mismatch: 'Only key of a 412: the next assignable number. [APP-013] [APP-021]',
      fencing_token_mismatch: 'Only key of a 412: the current token. [APP-015] [APP-021]',
    },
  },
]
