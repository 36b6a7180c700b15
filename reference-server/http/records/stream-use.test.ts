import { describe, expect, test } from 'vitest'
import { refuse } from '../../semantics/refusal.ts'
import { addressOf } from '../../testing/test-backend.ts'
import { ack, delivered } from '../testing/samples.ts'
import { type Asked, testApp } from '../testing/test-app.ts'

const url = '/v1/streams/a-stream/records'
const address = addressOf('basin-1-x', 'a-stream')
const missing = refuse('stream_not_found', 'there is no such stream')

const USES: readonly (readonly [string, string, Asked])[] = [
  ['an append', 'append', { method: 'POST', url, body: { records: [{}] } }],
  [
    'an append session',
    'openAppendSession',
    { method: 'POST', url, headers: { 'content-type': 's2s/proto' } },
  ],
  ['a read', 'openRead', { url: `${url}?seq_num=0&count=1` }],
  ['a read of events', 'openRead', { url, headers: { accept: 'text/event-stream' } }],
  ['a read in frames', 'openRead', { url, headers: { 'content-type': 's2s/proto' } }],
]

const app = () =>
  testApp({
    append: async () => ack,
    openAppendSession: async () => missing,
    openRead: async () => delivered(),
  })

describe.each(USES)('%s', (_, operation, asked) => {
  test('brings a configuration for a stream that it makes (RTE-035)', async () => {
    const { ask, calls } = app()
    const config = '{"retention_policy":{"age":60},"timestamping":{"mode":"arrival"}}'
    await ask({ ...asked, headers: { ...asked.headers, 's2-stream-config': config } })
    expect(calls[0]?.operation).toBe(operation)
    expect(calls[0]?.args[0]).toMatchObject({
      ...address,
      configIfMade: { retention: { age: 60n }, timestampingMode: 'arrival', storageClass: undefined },
    })
  })

  test.each([
    '{',
    '7',
    '{"retention_policy":{"age":-1}}',
    '{"retention_policy":{"age":0}}',
    '{"storage_class":"é"}',
    '',
  ])('is refused with the configuration %j, and changes nothing', async (config) => {
    const { ask, calls } = app()
    const answer = await ask({ ...asked, headers: { ...asked.headers, 's2-stream-config': config } })
    expect(answer.status).toBe(400)
    expect(answer.json).toMatchObject({
      code: 'bad_header',
      message: expect.stringContaining('s2-stream-config is not valid'),
    })
    expect(calls).toEqual([])
  })
})
