import { describe, expect, test } from 'vitest'
import { FrameDecoder } from '../../../proto/frames.ts'
import { decodeReadBatch } from '../../../proto/messages.ts'
import type { ReadOutput } from '../../backend/backend.ts'
import { refuse } from '../../semantics/refusal.ts'
import { batch, heartbeat, reading, record, tail, url } from '../testing/samples.ts'
import { type Answered, testApp } from '../testing/test-app.ts'

describe('read in frames', () => {
  const s2s = { 'content-type': 's2s/proto', accept: 'text/event-stream', 's2-format': 'nonsense' }
  const framesOf = (answer: Answered) => [...new FrameDecoder().push(answer.body)]

  test('batches and heartbeats, then the end of the body', async () => {
    const app = testApp(reading(batch([3n]), heartbeat(tail), batch([4n], tail)))
    const answer = await app.ask({ url, headers: s2s })
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 's2s/proto' } })
    const batches = framesOf(answer).map((frame) => {
      if (frame.kind !== 'message') throw new Error('a terminal frame')
      expect(frame).toMatchObject({ compression: 'none', reconnectAdvised: false, reservedBits: 0 })
      return decodeReadBatch(frame.payload)
    })
    expect(batches).toEqual([
      { records: [record(3n)] },
      { records: [], tail },
      { records: [record(4n)], tail },
    ])
  })

  test.each([
    ['zstd;q=0, gzip', 'zstd'],
    ['GZIP', 'gzip'],
    ['br, *', 'none'],
  ])('large frames are compressed for %s by %s', async (accept, compression) => {
    const large: ReadOutput = { kind: 'batch', records: [record(0n, 'x'.repeat(2000))], tail: undefined }
    const answer = await testApp(reading(large, heartbeat(tail))).ask({
      url,
      headers: { ...s2s, 'accept-encoding': accept },
    })
    expect(framesOf(answer)).toMatchObject([{ compression }, { compression: 'none' }])
    expect(answer.headers).not.toHaveProperty('content-encoding')
  })

  test('an error is a terminal frame', async () => {
    const answer = await testApp(reading({ kind: 'refused', refusal: refuse('unavailable', 'gone') })).ask({
      url,
      headers: s2s,
    })
    expect(framesOf(answer)).toEqual([
      { kind: 'terminal', status: 503, json: '{"code":"unavailable","message":"gone"}', flags: 0x80 },
    ])
  })

  test('a batch that does not fit into one frame travels in several', async () => {
    const headers = Array.from({ length: 131_071 }, () => ({
      name: Buffer.from('n'),
      value: Buffer.from('v'),
    }))
    const wide = [0n, 1n].map((seqNum) => ({ ...record(seqNum), headers }))
    const answer = await testApp(reading({ kind: 'batch', records: wide, tail })).ask({ url, headers: s2s })
    const sent = framesOf(answer).map((frame) => {
      if (frame.kind !== 'message') throw new Error('a terminal frame')
      return decodeReadBatch(frame.payload).records.map(({ seqNum }) => seqNum)
    })
    expect(sent).toEqual([[0n], [1n]])
  })

  test('a record that fits into no frame ends the session as bad_frame', async () => {
    const headers = Array.from({ length: 262_142 }, () => ({
      name: Buffer.from('n'),
      value: Buffer.from('v'),
    }))
    const wide = { ...record(20_000n), headers }
    const answer = await testApp(reading({ kind: 'batch', records: [wide], tail })).ask({ url, headers: s2s })
    expect(framesOf(answer)).toMatchObject([{ kind: 'terminal', status: 400 }])
  })

  test.each(['seq_num=1&timestamp=1', 'timestamp=1&until=1'])('%s is refused as a status', async (query) => {
    const answer = await testApp().ask({ url: `${url}?${query}`, headers: s2s })
    expect(answer).toMatchObject({ status: 422, json: { code: 'invalid' } })
  })
})
