import { describe, expect, test } from 'vitest'
import { encodeFrame } from '../../../proto/frames.ts'
import { encodeAppendInput } from '../../../proto/messages.ts'
import type { Backend } from '../../backend/backend.ts'
import { EncryptionKey, type GivenKey } from '../../encryption/encryption-key.ts'
import { refuse } from '../../semantics/refusal.ts'
import { ack, batch, delivered } from '../testing/samples.ts'
import { type Asked, testApp } from '../testing/test-app.ts'

const KEY = 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA='
const url = '/v1/streams/a-stream/records'
const record = { headers: [], body: new Uint8Array(2) }
const frame = encodeFrame({ payload: encodeAppendInput({ records: [record] }), compression: 'none' })

const WAYS_IN: readonly (readonly [string, Asked])[] = [
  ['append', { method: 'POST', url, body: { records: [{ body: 'hi' }] } }],
  ['append session', { method: 'POST', url, headers: { 'content-type': 's2s/proto' }, body: frame }],
  ['read', { url: `${url}?seq_num=0` }],
  ['read by SSE', { url: `${url}?seq_num=0`, headers: { accept: 'text/event-stream' } }],
  ['read by S2S', { url: `${url}?seq_num=0`, headers: { 'content-type': 's2s/proto' } }],
]

describe.each(WAYS_IN)('the key of a request: %s', (_way, asked) => {
  const withKey = (key: string): Asked => ({
    ...asked,
    headers: { ...asked.headers, 's2-encryption-key': key },
  })

  /** A backend that keeps each key it is given, and its bytes while it has it. */
  function keeper() {
    const given: { key: GivenKey | undefined; bytes: Uint8Array | undefined }[] = []
    const keep = (key: GivenKey | undefined) =>
      given.push({ key, bytes: typeof key === 'object' ? key.expose().slice() : undefined })
    const backend: Partial<Backend> = {
      async append(_address, _batch, key) {
        keep(key)
        return ack
      },
      async openAppendSession(_address, key) {
        return {
          async submit() {
            keep(key)
            return ack
          },
        }
      },
      async openRead(_address, _start, _end, _signal, key) {
        keep(key)
        return delivered(batch([0n]))
      },
    }
    return { given, backend }
  }

  test('reaches the backend as bytes, and is wiped when it is over (ENC-002)', async () => {
    const { given, backend } = keeper()
    const answer = await testApp(backend).ask(withKey(` ${KEY}\t`))
    expect(answer.status).toBe(200)
    expect(given.map(({ bytes }) => bytes)).toEqual([
      Uint8Array.from({ length: 32 }, (_, index) => index + 1),
    ])
    const [{ key } = { key: undefined }] = given
    expect(key).toBeInstanceOf(EncryptionKey)
    expect(() => (typeof key === 'object' ? key.expose() : undefined)).toThrow('wiped')
  })

  test.each([
    ['!!!!', 'unusable'],
    [KEY.slice(0, 43), 'unusable'],
    [KEY.slice(4), 'unusable'],
    [undefined, 'none'],
  ])('is for the stream to judge where it is %s (ENC-004, ENC-006)', async (key, reaches) => {
    const { given, backend } = keeper()
    await testApp(backend).ask(key === undefined ? asked : withKey(key))
    expect(given.map((one) => one.key)).toEqual([reaches])
  })

  test('is refused at once where it is blank, or too long to be one (ENC-005)', async () => {
    const app = testApp()
    for (const key of ['', '  ', `${KEY}A`, 'x'.repeat(45)]) {
      const { status, json, body } = await app.ask(withKey(key))
      expect([status, json]).toMatchObject([400, { code: 'bad_header' }])
      if (key.trim() !== '') expect(body.toString()).not.toContain(key)
    }
    expect(app.calls).toEqual([])
  })

  test('is wiped where the backend refuses, too, and told to nobody', async () => {
    const keys: GivenKey[] = []
    const no = refuse('bad_header', 'no')
    const keep = async (key: GivenKey | undefined) => {
      if (key !== undefined) keys.push(key)
      return no
    }
    const app = testApp({
      append: (_address, _batch, key) => keep(key),
      openAppendSession: (_address, key) => keep(key),
      openRead: (_address, _start, _end, _signal, key) => keep(key),
    })
    const { status, body } = await app.ask(withKey(KEY))
    expect([status, body.includes(KEY), app.reported]).toEqual([400, false, []])
    for (const key of keys) expect(() => typeof key === 'object' && key.expose()).toThrow('wiped')
    expect(keys.length).toBe(1)
  })
})
