import { get, IN_BASIN, json } from './corpus-configs.ts'
import type { Request } from './request.ts'

const RECORDS: readonly string[] = [
  ...[
    '{}',
    '{"body":"a"}',
    '{"body":""}',
    '{"body":null}',
    '{"body":7}',
    '{"body":"\\u0000é😀"}',
    '{"headers":null}',
  ],
  ...['{"headers":[]}', '{"headers":[["a","b"]]}', '{"headers":[["a"]]}', '{"headers":[["a","b","c"]]}'],
  ...[
    '{"headers":[["","fence"]],"body":"token"}',
    '{"headers":[["","fence"]]}',
    '{"headers":[["","trim"]],"body":"x"}',
  ],
  ...['{"headers":[["","x"]]}', '{"headers":[["","fence"],["a","b"]]}', '{"headers":[["a",""],["",""]]}'],
  ...['{"timestamp":0}', '{"timestamp":1}', '{"timestamp":-1}', '{"timestamp":1.5}', '{"timestamp":"1"}'],
  ...['{"timestamp":18446744073709551615}', '{"timestamp":18446744073709551616}', '{"timestamp":null}'],
  ...[
    '{"x":1}',
    '{"body":"a","body":"b"}',
    '7',
    'null',
    '{"headers":[[7,"b"]]}',
    '{"body":"YQ=="}',
    '{"body":"!"}',
  ],
]

const INPUTS: readonly string[] = [
  ...RECORDS.map((record) => `{"records":[${record}]}`),
  ...[
    '',
    '{}',
    'null',
    '7',
    '{"records":null}',
    '{"records":[]}',
    '{"records":{}}',
    '{"records":"x"}',
    '{"Records":[]}',
  ],
  ...[
    '{"records":[{}],"match_seq_num":null}',
    '{"records":[{}],"match_seq_num":"0"}',
    '{"records":[{}],"match_seq_num":-1}',
  ],
  ...[
    '{"records":[{}],"match_seq_num":9999}',
    '{"records":[{}],"match_seq_num":1.0}',
    '{"records":[{}],"x":1}',
  ],
  ...[
    '{"records":[{}],"fencing_token":""}',
    '{"records":[{}],"fencing_token":"wrong"}',
    '{"records":[{}],"fencing_token":null}',
  ],
  ...[36, 37].map((length) => `{"records":[{}],"fencing_token":"${'x'.repeat(length)}"}`),
  ...[1000, 1001].map((count) => `{"records":[${Array(count).fill('{}').join(',')}]}`),
  ...[1_048_568, 1_048_569].map((length) => `{"records":[{"body":"${'x'.repeat(length)}"}]}`),
]

const FORMATS: readonly (string | undefined)[] = [
  undefined,
  'raw',
  'base64',
  'json',
  'json-binsafe',
  ' raw ',
  'RAW',
  '',
  'hex',
]

export function appends(): readonly Request[] {
  const path = '/v1/streams/appended/records'
  return [
    { method: 'PUT', path: '/v1/streams/appended', headers: IN_BASIN },
    ...INPUTS.flatMap((input) =>
      (input.length > 5000 ? [undefined] : FORMATS).flatMap((format) => [
        json('POST', path, input, { ...IN_BASIN, ...(format !== undefined && { 's2-format': format }) }),
        get(`${path}/tail`, IN_BASIN),
      ]),
    ),
    ...['text/plain', 'application/protobuf', ''].map((type) =>
      json('POST', path, '{"records":[{}]}', { ...IN_BASIN, 'content-type': type }),
    ),
  ]
}

const STARTS: readonly string[] = [
  ...[
    '',
    'seq_num=0',
    'seq_num=2',
    'seq_num=3',
    'seq_num=4',
    'seq_num=-1',
    'seq_num=x',
    'seq_num=',
    'seq_num=1.0',
  ],
  ...[
    'seq_num=18446744073709551615',
    'seq_num=18446744073709551616',
    'seq_num=0&seq_num=0',
    'seq_num=0&timestamp=0',
  ],
  ...[
    'timestamp=0',
    'timestamp=5',
    'timestamp=20',
    'timestamp=30',
    'timestamp=99',
    'timestamp=x',
    'tail_offset=0',
  ],
  ...['tail_offset=1', 'tail_offset=99', 'tail_offset=x', 'tail_offset=0&seq_num=0', 'seq_num=9&clamp=true'],
  ...[
    'seq_num=9&clamp=false',
    'seq_num=9&clamp=1',
    'seq_num=9&clamp=',
    'timestamp=99&clamp=true',
    'clamp=true',
  ],
]
const ENDS: readonly string[] = [
  ...[
    '',
    'count=1',
    'count=0',
    'count=x',
    'count=-1',
    'bytes=9',
    'bytes=0',
    'bytes=8',
    'bytes=x',
    'until=20',
    'until=0',
  ],
  ...['until=21', 'wait=0', 'wait=x', 'wait=-1', 'count=1&count=1', 'count=2000', 'bytes=99999999', 'x=1'],
]

/** Bounded reads of a stream of three records, with timestamps 10, 20 and 30. */
export function reads(): readonly Request[] {
  const path = '/v1/streams/read/records'
  const records = [10, 20, 30].map((timestamp) => `{"timestamp":${timestamp},"body":"${timestamp}"}`)
  return [
    { method: 'PUT', path: '/v1/streams/read', headers: IN_BASIN },
    json('POST', path, `{"records":[${records.join(',')}]}`, IN_BASIN),
    ...STARTS.flatMap((start) => ENDS.map((end) => get(`${path}?${start}&${end}`, IN_BASIN))),
    ...FORMATS.map((format) =>
      get(`${path}?seq_num=0`, { ...IN_BASIN, ...(format !== undefined && { 's2-format': format }) }),
    ),
  ]
}
