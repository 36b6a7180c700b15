import { record } from '../../../client/records.ts'
import { postRecords } from '../../by-hand/requests.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'

export const base64: readonly Requirement[] = [
  onStream('REC-017', 'Base64 decoding', async ({ stream, expect }) => {
    const texts = DECODED.map(([text]) => `{"headers":[["bg==","${text}"]],"body":"${text}"}`)
    expect.ok(await postRecords(stream, `{"records":[${texts.join()}]}`, BASE64))
    const sent = DECODED.map(([, decoded]) => record(decoded, { headers: [['n', decoded]] }))
    expect.records(expect.ok(await stream.over('protobuf').read({ seqNum: 0n })).records, 0n, sent)
    expect.records(expect.ok(await stream.over('base64').read({ seqNum: 0n })).records, 0n, sent)

    const named = `{"records":[{"headers":[["/wA=",""],["/wA=","YQ=="]]}]}`
    expect.ok(await postRecords(stream, named, BASE64))
    const name = Uint8Array.of(0xff, 0x00)
    const read = expect.ok(await stream.over('protobuf').read({ tailOffset: 1n }))
    const last = BigInt(DECODED.length)
    expect.records(read.records, last, [
      record('', {
        headers: [
          [name, ''],
          [name, 'a'],
        ],
      }),
    ])

    // 8 + 2 + 1 + 2 decoded bytes of `aGk=` twice.
    const metered = { seqNum: 1n, count: 1n }
    expect.equal(
      expect.ok(await stream.read({ ...metered, bytes: 15n })).records.length,
      1,
      'records in 15 bytes',
    )
    expect.equal(
      expect.ok(await stream.read({ ...metered, bytes: 14n })).records.length,
      0,
      'records in 14 bytes',
    )
  }),

  onStream('REC-018', 'Base64 strictness', async ({ stream, expect }) => {
    for (const text of NOT_BASE64) {
      for (const bad of [
        `{"body":"${text}"}`,
        `{"headers":[["${text}","YQ=="]]}`,
        `{"headers":[["YQ==","${text}"]]}`,
      ]) {
        expect.refused(await postRecords(stream, `{"records":[${bad}]}`, BASE64), 422, 'invalid')
        const behindGood = `{"records":[{"body":"aGk="},${bad},{}]}`
        expect.refused(await postRecords(stream, behindGood, BASE64), 422, 'invalid')
      }
    }
    await expect.tail(stream, 0n)
  }),
]

const BASE64 = { 's2-format': 'base64' }

const DECODED: readonly (readonly [string, Uint8Array])[] = [
  ['', Uint8Array.of()],
  ['aGk=', Uint8Array.of(0x68, 0x69)],
  ['/+8=', Uint8Array.of(0xff, 0xef)],
  ['QQ==', Uint8Array.of(0x41)],
  ['AAAA', Uint8Array.of(0, 0, 0)],
  ['+/+/', Uint8Array.of(0xfb, 0xff, 0xbf)],
  ['4pyTIMOgIGxhIG1vZGU=', new TextEncoder().encode('✓ à la mode')],
]

const NOT_BASE64 = [
  'aGk',
  'aGk==',
  'aGl=',
  'QR==',
  'QQ',
  'QQ=',
  '_-8=',
  'a-_b',
  ' aGk=',
  'aGk= ',
  'aG k=',
  'aGk=\\n',
  'aG\\nk=',
  '====',
  '=',
  'a',
  'aGk=aGk=',
  'a*==',
  'aGk\u00e9',
]
