import { expect, test } from 'vitest'
import { Histogram } from './prometheus.ts'
import { ack } from './testing/samples.ts'
import { testApp } from './testing/test-app.ts'

test('a histogram counts what is at most each bound', () => {
  const histogram = new Histogram('size', 'Of things.', [1, 10])
  expect(histogram.render()).toBe('')
  for (const value of [0, 1, 1.5, 10, 11]) histogram.observe(value)
  expect(histogram.render()).toBe(
    [
      '# HELP size Of things.',
      '# TYPE size histogram',
      'size_bucket{le="1"} 2',
      'size_bucket{le="10"} 4',
      'size_bucket{le="+Inf"} 5',
      'size_sum 23.5',
      'size_count 5',
      '',
    ].join('\n'),
  )
})

test('appends are measured, refused ones too, but not as acknowledged', async () => {
  const answers = [ack, { refusal: 'seq-num-mismatch', actual: 0n } as const]
  const app = testApp({ append: async () => answers.shift() ?? ack })
  const url = '/v1/streams/x/records'
  for (let sent = 0; sent < 2; sent++) await app.ask({ method: 'POST', url, body: { records: [{}, {}] } })
  const answer = await app.ask({ url: '/metrics' })
  expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/plain; version=0.0.4' } })
  const text = answer.body.toString()
  expect(text).toContain('s2_append_batch_records_sum 4\n')
  expect(text).toContain('s2_append_batch_bytes_sum 32\n')
  expect(text).toContain('s2_append_permit_latency_seconds_count 2\n')
  expect(text).toContain('s2_append_ack_latency_seconds_count 1\n')
})
