import { zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { encodeFrame } from '../../../proto/frames.ts'
import { encodeAppendInput } from '../../../proto/messages.ts'
import { isSameRequest } from './index.ts'
import { decodeRequest, type SentRequest } from './request.ts'

const path = '/v1/streams/example-1/records'
const batch = encodeAppendInput({
  records: [{ headers: [], body: Buffer.from('hello') }],
  matchSeqNum: 3n,
})
const expected = {
  method: 'POST',
  path,
  basin: 'my-basin',
  body: { records: [{ body: 'hello' }], match_seq_num: 3 },
} as const

const sent = (headers: Readonly<Record<string, string>>, body: Uint8Array): SentRequest => ({
  method: 'POST',
  path,
  headers: { 's2-basin': 'my-basin', ...headers },
  body,
})

test('a batch is the same in JSON, in protobuf, compressed, and alone in a session', () => {
  const json = Buffer.from(JSON.stringify(expected.body))
  const zstd = zstdCompressSync(batch)
  const frame = encodeFrame({ payload: batch, compression: 'none' })
  const forms = [
    sent({ 'content-type': 'application/json' }, json),
    sent({ 'content-type': 'application/protobuf' }, batch),
    sent({ 'content-type': 'application/protobuf', 'content-encoding': 'zstd' }, zstd),
    sent({ 'content-type': 's2s/proto' }, frame),
  ].map(decodeRequest)
  expect(forms.map(({ encoding }) => encoding)).toEqual(['json', 'protobuf', 'protobuf', 's2s'])
  for (const { request } of forms) expect(isSameRequest(request, expected)).toBe(true)
})

test('another value, member, name or number of batches is another request', () => {
  const { request } = decodeRequest(sent({ 'content-type': 'application/protobuf' }, batch))
  expect(isSameRequest(request, { ...expected, body: { records: [{ body: 'hello' }] } })).toBe(false)
  expect(isSameRequest(request, { ...expected, body: { ...expected.body, match_seq_num: 4 } })).toBe(false)
  expect(isSameRequest(request, { ...expected, basin: 'other' })).toBe(false)
  expect(isSameRequest(request, { ...expected, query: { count: '1' } })).toBe(false)
  const frame = encodeFrame({ payload: batch, compression: 'none' })
  const two = decodeRequest(sent({ 'content-type': 's2s/proto' }, Buffer.concat([frame, frame])))
  expect(isSameRequest(two.request, expected)).toBe(false)
  expect(
    isSameRequest(two.request, { ...expected, session: 'append', body: [expected.body, expected.body] }),
  ).toBe(true)
})

test('members that are null, empty or a default are no difference, and are named', () => {
  const body = {
    basin: 'example-1',
    location: null,
    config: { create_stream_on_read: false, stream_cipher: null },
  }
  const { request, defaults, headers } = decodeRequest({
    method: 'POST',
    path: '/v1/basins?start_after=',
    headers: { 's2-request-token': 'a' },
    body: Buffer.from(JSON.stringify(body)),
  })
  expect(request).toEqual({ method: 'POST', path: '/v1/basins', body: { basin: 'example-1' } })
  expect(defaults).toEqual(['create_stream_on_read=false', 'start_after=""'])
  expect(headers).toEqual(['s2-request-token'])
})

test('an empty prefix in a scope matches everything, and stays', () => {
  const body = { id: 'a', scope: { streams: { prefix: '' } } }
  const path = '/v1/access-tokens'
  const { request } = decodeRequest({
    method: 'POST',
    path,
    headers: {},
    body: Buffer.from(JSON.stringify(body)),
  })
  expect(request.body).toEqual(body)
})
