import { describe, expect, test } from 'vitest'
import { decodeAppendAck, encodeAppendInput } from '../../../proto/messages.ts'
import type { AppendInput } from '../../../proto/types.ts'
import { batch as batchOf } from '../../testing/test-backend.ts'
import { ack, ackJson, address, url } from '../testing/samples.ts'
import { type Asked, testApp } from '../testing/test-app.ts'

describe('append', () => {
  const append = async () => ack
  const json = { 'content-type': 'application/json' }
  const input: AppendInput = {
    records: [{ headers: [], body: Buffer.from('hi'), timestamp: 0n }],
    matchSeqNum: 0n,
    fencingToken: '',
  }

  test.each([1001, 1_000_000])(
    'refuses %d records with the same words in JSON and protobuf',
    async (count) => {
      const app = testApp({ append })
      const refused = {
        status: 422,
        json: { code: 'invalid', message: `a batch has at most 1000 records, this one has ${count}` },
      }
      const proto = { 'content-type': 'application/protobuf' }
      const body = Buffer.alloc(2 * count, '0a00', 'hex')
      expect(await app.ask({ method: 'POST', url, body, headers: proto })).toMatchObject(refused)
      // A body of JSON has room for no more.
      if (count > 690_000) return
      const text = `{"records":[${Array.from({ length: count }, () => '{}').join()}]}`
      expect(await app.ask({ method: 'POST', url, body: text, headers: json })).toMatchObject(refused)
    },
  )

  test('takes JSON and answers JSON', async () => {
    const app = testApp({ append })
    const answer = await app.ask({ method: 'POST', url, body: { records: [{ body: 'hi' }] } })
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } })
    expect(answer.body.toString()).toBe(ackJson)
    expect(app.calls).toEqual([{ operation: 'append', args: [address, batchOf(['hi']), 'none'] }])
  })

  test.each(['application/protobuf', 'application/X-Protobuf; v=1'])('takes %s', async (type) => {
    const app = testApp({ append })
    const body = encodeAppendInput(input)
    const headers = { 'content-type': type, 's2-format': 'nonsense' }
    expect(await app.ask({ method: 'POST', url, headers, body })).toMatchObject({ status: 200 })
    expect(app.calls[0]?.args[1]).toMatchObject({ matchSeqNum: 0n, fencingToken: '', size: 10n })
  })

  test.each([
    ['application/protobuf', 'application/protobuf'],
    ['application/x-protobuf, application/json', 'application/protobuf'],
    ['application/json;q=0.1, application/protobuf', 'application/json'],
    ['text/event-stream', 'application/json'],
    ['*/*', 'application/json'],
    ['nonsense', 'application/json'],
  ])('answers Accept %s in %s', async (accept, type) => {
    const app = testApp({ append })
    const answer = await app.ask({ method: 'POST', url, headers: { accept }, body: { records: [{}] } })
    expect(answer.headers['content-type']).toBe(type)
    if (type === 'application/protobuf') expect(decodeAppendAck(answer.body)).toEqual(ack)
    else expect(answer.body.toString()).toBe(ackJson)
  })

  test.each([
    ['raw', 'aGk=', 'aGk='],
    ['json', 'aGk=', 'aGk='],
    [' base64 ', 'aGk=', 'hi'],
    ['json-binsafe', 'aGk=', 'hi'],
  ])('takes text as the format %j says', async (format, written, stored) => {
    const app = testApp({ append })
    await app.ask({
      method: 'POST',
      url,
      headers: { 's2-format': format },
      body: { records: [{ body: written }] },
    })
    expect(app.calls[0]?.args[1]).toEqual(batchOf([stored]))
  })

  test.each<[string, Partial<Asked>, number, string]>([
    ['a missing basin', { headers: { 's2-basin': '' } }, 400, 'bad_header'],
    ['a wrong name', { url: '/v1/streams/%FF/records' }, 400, 'bad_path'],
    ['a wrong format', { headers: { ...json, 's2-format': 'hex' } }, 400, 'bad_header'],
    ['a format before the body', { headers: { ...json, 's2-format': 'RAW' }, body: '{' }, 400, 'bad_header'],
    ['a long key', { headers: { ...json, 's2-encryption-key': 'k'.repeat(45) } }, 400, 'bad_header'],
    ['no content type', { body: '{"records":[{}]}' }, 400, 'bad_json'],
    ['another content type', { headers: { 'content-type': 'application/octet-stream' } }, 400, 'bad_json'],
    ['a body cut short', { headers: json, body: '{"records":[{}]' }, 400, 'bad_json'],
    ['a body that is too long', { headers: json, body: ' '.repeat(2_097_153) }, 400, 'bad_json'],
    ['a key given twice', { headers: json, body: '{"records":[{}],"records":[{}]}' }, 400, 'bad_json'],
    ['a long token', { body: { records: [{}], fencing_token: 'é'.repeat(19) } }, 400, 'bad_json'],
    [
      'wrong base64',
      { headers: { ...json, 's2-format': 'base64' }, body: { records: [{ body: 'aGk' }] } },
      422,
      'invalid',
    ],
    ['no records', { body: { records: [] } }, 422, 'invalid'],
    ['too many records', { body: { records: Array(1001).fill({}) } }, 422, 'invalid'],
    ['an unknown command', { body: { records: [{ headers: [['', 'fly']] }] } }, 422, 'invalid'],
    [
      'no message',
      { headers: { 'content-type': 'application/protobuf' }, body: Uint8Array.of(255) },
      400,
      'bad_proto',
    ],
    [
      'a message that is too long',
      { headers: { 'content-type': 'application/protobuf' }, body: new Uint8Array(2_097_153) },
      400,
      'bad_proto',
    ],
    [
      'an empty message',
      { headers: { 'content-type': 'application/protobuf' }, body: new Uint8Array() },
      422,
      'invalid',
    ],
    [
      'a long token in a message',
      {
        headers: { 'content-type': 'application/protobuf' },
        body: encodeAppendInput({ ...input, fencingToken: 'x'.repeat(37) }),
      },
      422,
      'invalid',
    ],
  ])('refuses %s', async (_what, asked, status, code) => {
    const app = testApp()
    expect(await app.ask({ method: 'POST', url, ...asked })).toMatchObject({ status, json: { code } })
    expect(app.calls).toEqual([])
    expect(app.reported).toEqual([])
  })

  test.each([
    [
      { refusal: 'seq-num-mismatch', actual: 18_446_744_073_709_551_615n },
      '{"seq_num_mismatch":18446744073709551615}',
    ],
    [{ refusal: 'fencing-token-mismatch', actual: '' }, '{"fencing_token_mismatch":""}'],
  ] as const)('a condition that does not hold: 412 and the actual value', async (refusal, body) => {
    const app = testApp({ append: async () => refusal })
    const headers = { accept: 'application/protobuf' }
    const answer = await app.ask({ method: 'POST', url, headers, body: { records: [{}] } })
    expect(answer).toMatchObject({ status: 412, headers: { 'content-type': 'application/json' } })
    expect(answer.body.toString()).toBe(body)
  })
})
