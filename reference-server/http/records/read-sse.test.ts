import { describe, expect, test } from 'vitest'
import { refuse } from '../../semantics/refusal.ts'
import { batch, heartbeat, reading, tail, url } from '../testing/samples.ts'
import { testApp } from '../testing/test-app.ts'

describe('read as server-sent events', () => {
  const sse = { accept: 'Text/Event-Stream; x=y, application/json' }

  test('one event for each output, and the end', async () => {
    const app = testApp(reading(batch([3n, 4n]), heartbeat(tail), batch([5n], tail)))
    const answer = await app.ask({ url, headers: { ...sse, 'accept-encoding': 'gzip' } })
    expect(answer).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      },
    })
    expect(answer.headers).not.toHaveProperty('content-encoding')
    expect(answer.body.toString()).toBe(
      [
        'event: batch\nid: 4,2,18\n' +
          'data: {"records":[{"seq_num":3,"timestamp":7,"body":"3"},{"seq_num":4,"timestamp":7,"body":"4"}]}',
        'event: ping\ndata: {"timestamp":1700000000000,"tail":{"seq_num":5,"timestamp":9}}',
        'event: batch\nid: 5,3,27\n' +
          'data: {"records":[{"seq_num":5,"timestamp":7,"body":"5"}],"tail":{"seq_num":5,"timestamp":9}}',
        'data: [DONE]\n\n',
      ].join('\n\n'),
    )
  })

  test('an error ends it without the mark of a clean end', async () => {
    const app = testApp(reading(batch([3n]), { kind: 'refused', refusal: refuse('unavailable', 'gone') }))
    const text = (await app.ask({ url, headers: sse })).body.toString()
    expect(text.endsWith('\n\nevent: error\ndata: {"code":"unavailable","message":"gone"}\n\n')).toBe(true)
  })

  test.each([
    [
      '4,2,18',
      'count=5&bytes=20&seq_num=0&clamp=false',
      { seqNum: 5n, clamp: false },
      { count: 3n, bytes: 2n },
    ],
    ['4,9,99', 'count=5&bytes=20', { seqNum: 5n }, { count: 0n, bytes: 0n }],
    ['18446744073709551615,0,0', 'wait=3', { seqNum: 18_446_744_073_709_551_615n }, { wait: 3 }],
    ['4,0,0', 'timestamp=10&until=5', { seqNum: 5n }, { until: 5n }],
  ])('goes on after %s', async (id, query, start, end) => {
    const app = testApp(reading())
    const answer = await app.ask({ url: `${url}?${query}`, headers: { ...sse, 'last-event-id': id } })
    expect(answer.body.toString()).toBe('data: [DONE]\n\n')
    expect(app.calls[0]?.args.slice(1, 3)).toEqual([start, end])
  })

  test.each(['abc', '1', '1,2', '1,2,3,4', '-1,0,0', '', '1, 2, 3'])('refuses the id %j', async (id) => {
    const answer = await testApp().ask({ url, headers: { ...sse, 'last-event-id': id } })
    expect(answer).toMatchObject({ status: 400, json: { code: 'bad_header' } })
  })

  test('two selectors are refused all the same', async () => {
    const asked = { url: `${url}?seq_num=1&tail_offset=1`, headers: { ...sse, 'last-event-id': '1,1,1' } }
    expect(await testApp().ask(asked)).toMatchObject({ status: 422, json: { code: 'invalid' } })
  })

  test('HEAD has no body and ends', async () => {
    const answer = await testApp(reading(batch([3n]))).ask({ method: 'HEAD', url, headers: sse })
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/event-stream' } })
    expect(answer.body.length).toBe(0)
  })
})
