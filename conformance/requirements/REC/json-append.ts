import { batch, fence, record } from '../../../client/records.ts'
import { postRecords } from '../../by-hand/requests.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { APPENDERS } from '../transports.ts'

export const jsonAppend: readonly Requirement[] = [
  onStream('REC-011', 'JSON append object', async ({ stream, expect }) => {
    expect.ok(await stream.append({ records: [fence('token')] }))
    expect.ok(await postRecords(stream, '{"records":[{"body":"a"}]}'))
    expect.ok(
      await postRecords(stream, '{"records":[{"body":"b"}],"match_seq_num":null,"fencing_token":null}'),
    )
    const zero = await postRecords(stream, '{"records":[{"body":"x"}],"match_seq_num":0}')
    expect.refused(zero, 412, { seq_num_mismatch: 3n })
    const empty = await postRecords(stream, '{"records":[{"body":"x"}],"fencing_token":""}')
    expect.refused(empty, 412, { fencing_token_mismatch: 'token' })
    const both = '{ "fencing_token": "token",\n "match_seq_num": 3, "records": [ { "body": "c" } ] }\n'
    expect.ok(await postRecords(stream, both))
    await expect.holds(stream, [fence('token'), record('a'), record('b'), record('c')])
  }),

  requirement('REC-012', 'JSON record object', async ({ newStream, expect }) => {
    const stream = await newStream({ timestamping: { mode: 'client-prefer', uncapped: false } })
    const text = `{"records":[
      {"timestamp":5,"headers":[["a","1"]],"body":"all"},
      {"timestamp":7,"headers":[],"body":""},
      {"body":"no timestamp"},
      {"timestamp":null,"body":"null"},
      {"headers":[["b",""]]},
      {}
    ]}`
    expect.ok(await postRecords(stream, text))
    const stored = await expect.holds(stream, [
      record('all', { headers: [['a', '1']] }),
      record(),
      record('no timestamp'),
      record('null'),
      record('', { headers: [['b', '']] }),
      record(),
    ])
    const timestamps = stored.map(({ timestamp }) => timestamp)
    expect.equal(timestamps.slice(0, 2), [5n, 7n], 'timestamps that were given')
    for (const timestamp of timestamps.slice(2)) {
      expect.that(timestamp > 1_600_000_000_000n, 'a timestamp of arrival for those without', timestamp)
      expect.equal(timestamp, timestamps.at(-1), 'one arrival for the whole batch')
    }
  }),

  onStream('REC-013', 'JSON shape errors', async ({ stream, expect }) => {
    for (const body of [
      ...NOT_JSON,
      ...NOT_AN_APPEND,
      ...NOT_A_RECORD.map((text) => `{"records":[${text}]}`),
    ]) {
      expect.refused(await postRecords(stream, body), 400, 'bad_json')
    }
    const behindGood = NOT_A_RECORD.map((text) => `{"records":[{"body":"good"},${text}]}`)
    for (const body of behindGood) expect.refused(await postRecords(stream, body), 400, 'bad_json')
    await expect.tail(stream, 0n)
  }),

  onStream('REC-014', 'Unknown JSON keys', async ({ stream, expect }) => {
    const text = `{
      "extra": {"records": [1, null, {"deep": []}], "match_seq_num": 7},
      "records": [{"body": "a", "Body": 1, "seq_num": 9, "timestamps": "x", "": null}, {"bodies": []}],
      "fencing-token": 3, "matchSeqNum": 9
    }`
    expect.ok(await postRecords(stream, text))
    await expect.holds(stream, [record('a'), record()])
  }),

  onStream('REC-015', 'JSON struct given as array', async ({ stream, expect, record: note }) => {
    for (const body of ['[[{"body":"x"}],null,null]', '{"records":[[null,[],"x"]]}']) {
      const answer = await postRecords(stream, body)
      expect.status(answer, 200, 400, 422)
      note(`${body}: ${answer.status} ${answer.error?.code ?? 'accepted'}`)
    }
  }),

  onStream('REC-016', 'Fencing token too long, JSON', { on: APPENDERS }, async ({ stream, expect }) => {
    for (const token of ['t'.repeat(37), 'é'.repeat(19)]) {
      expect.refusedAs(await stream.append({ ...batch('a'), fencingToken: token }), TOO_LONG)
    }
    for (const token of ['t'.repeat(36), 'é'.repeat(18)]) {
      const answer = await stream.append({ ...batch('a'), fencingToken: token })
      expect.refused(answer, 412, { fencing_token_mismatch: '' })
    }
    await expect.tail(stream, 0n)
  }),
]

const NOT_JSON: readonly (string | Uint8Array)[] = [
  '',
  ' ',
  'not json',
  '{"records":[{"body":"x"}]',
  '{"records":[{"body":"x"}',
  '{"records":[{"body":"x"}]} x',
  '{"records":[{"body":"x"}]}{}',
  '{"records":[{"body":"x"},]}',
  '{"records":[{"body":"x",}]}',
  "{'records':[{'body':'x'}]}",
  '{"records":[{"body":"line\nbreak, unescaped"}]}',
  '{"records":[{"body":"\\ud800"}]}',
  '{"records":[{"body":"\\udc00\\ud800"}]}',
  '{"records":[{"body":"\\x41"}]}',
  Buffer.from('{"records":[{"body":"\xff"}]}', 'latin1'),
  Buffer.from('\ufeff{"records":[{"body":"x"}]}'),
]

const NOT_AN_APPEND: readonly string[] = [
  'null',
  '[]',
  '7',
  '"records"',
  '{}',
  '{"Records":[{"body":"x"}]}',
  '{"records":null}',
  '{"records":{}}',
  '{"records":{"body":"x"}}',
  '{"records":"x"}',
  ...['-1', '1.5', '1e0', '"0"', '18446744073709551616', 'true', '[]', '00'].map(
    (number) => `{"records":[{"body":"x"}],"match_seq_num":${number}}`,
  ),
  ...['1', 'true', '[]', '{}'].map((token) => `{"records":[{"body":"x"}],"fencing_token":${token}}`),
  '{"records":[{"body":"x"}],"records":[{"body":"y"}]}',
  '{"records":[{"body":"x"}],"match_seq_num":0,"match_seq_num":0}',
  '{"records":[{"body":"x"}],"fencing_token":null,"fencing_token":null}',
]

const NOT_A_RECORD: readonly string[] = [
  '1',
  'null',
  '"x"',
  '{"body":1}',
  '{"body":null}',
  '{"body":true}',
  '{"body":["x"]}',
  '{"headers":null}',
  '{"headers":{"a":"b"}}',
  '{"headers":"a"}',
  '{"headers":["a","b"]}',
  '{"headers":[[]]}',
  '{"headers":[["a"]]}',
  '{"headers":[["a","b","c"]]}',
  '{"headers":[{"name":"a","value":"b"}]}',
  '{"headers":[["a",1]]}',
  '{"headers":[[null,"b"]]}',
  '{"timestamp":-1}',
  '{"timestamp":1.0}',
  '{"timestamp":1e3}',
  '{"timestamp":"1"}',
  '{"timestamp":18446744073709551616}',
  '{"body":"x","body":"y"}',
  '{"headers":[],"headers":[]}',
  '{"timestamp":1,"timestamp":1}',
]

/** JSON, the other transports, and what the sources say of the hosted service. */
const TOO_LONG = [
  [400, 'bad_json'],
  [422, 'invalid'],
] as const
