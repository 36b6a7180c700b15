import { expect, test } from 'vitest'
import type { AppendAck } from '../../../proto/types.ts'
import { ack } from '../testing/samples.ts'
import { type TestApp, testApp } from '../testing/test-app.ts'
import { createInstruments } from './instruments.ts'

const url = '/v1/streams/x/records'
const two = { method: 'POST', url, body: { records: [{}, {}] } } as const

/** The page's samples, by name and labels. */
async function samples(app: TestApp): Promise<Record<string, number>> {
  const { body } = await app.ask({ url: '/metrics' })
  const lines = body.toString().split('\n')
  const written = lines.filter((line) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(
    written.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]),
  )
}

test('the page is text that Prometheus takes', async () => {
  const answer = await testApp().ask({ url: '/metrics' })
  expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/plain; version=0.0.4' } })
  expect(answer.body.toString()).toContain(
    '# HELP s2_append_batch_records Records of a batch.\n# TYPE s2_append_batch_records histogram\n' +
      's2_append_batch_records_bucket{le="1"} 0\n',
  )
})

test('appends are measured, refused ones too, but not as acknowledged', async () => {
  const answers = [ack, { refusal: 'seq-num-mismatch', actual: 0n } as const]
  const app = testApp({ append: async () => answers.shift() ?? ack })
  for (let sent = 0; sent < 2; sent++) await app.ask(two)
  expect(await samples(app)).toMatchObject({
    s2_append_batch_records_sum: 4,
    s2_append_batch_bytes_sum: 32,
    s2_append_permit_latency_seconds_count: 2,
    s2_append_ack_latency_seconds_count: 1,
  })
})

test('an append is in flight until it is answered, and its latency is that of the stopwatch', async () => {
  const held = Promise.withResolvers<AppendAck>()
  const app = testApp({ append: () => held.promise })
  const answer = app.ask(two)
  await expect.poll(() => app.calls.length).toBe(1)
  expect(await samples(app)).toMatchObject({ s2_append_inflight_bytes: 16 })
  await app.clock.advance(30)
  held.resolve(ack)
  await answer
  expect(await samples(app)).toMatchObject({
    s2_append_inflight_bytes: 0,
    s2_append_ack_latency_seconds_sum: 0.03,
    's2_append_ack_latency_seconds_bucket{le="0.025"}': 0,
    's2_append_ack_latency_seconds_bucket{le="0.05"}': 1,
  })
})

test('an append that fails is not in flight any more', async () => {
  const app = testApp({ append: () => Promise.reject(new Error('bug')) })
  expect(await app.ask(two)).toMatchObject({ status: 500 })
  expect(await samples(app)).toMatchObject({ s2_append_inflight_bytes: 0 })
})

test('requests are counted by operation and status', async () => {
  const app = testApp({ append: async () => ack, listBasins: async () => ({ items: [], hasMore: false }) })
  await app.ask(two)
  await app.ask({ ...two, body: { records: 7 } })
  await app.ask({ url: '/v1/basins' })
  await app.ask({ url: '/v1/basins', method: 'HEAD' })
  await app.ask({ url: '/v1/nowhere' })
  await expect
    .poll(() => samples(app))
    .toMatchObject({
      's2_requests_total{operation="append",status="200"}': 1,
      's2_requests_total{operation="append",status="400"}': 1,
      's2_requests_total{operation="list-basins",status="200"}': 2,
      's2_requests_total{operation="none",status="404"}': 1,
    })
})

test('live streams and followers are asked for when the page is', async () => {
  const app = testApp({ activity: () => ({ liveStreams: 3, followers: 2 }) })
  expect(await samples(app)).toMatchObject({ s2_live_streams: 3, s2_followers: 2 })
})

test('the process is measured', async () => {
  const page = new Map(Object.entries(await samples(testApp())))
  expect(page.get('process_resident_memory_bytes')).toBeGreaterThan(1e6)
  expect(page.get('process_cpu_seconds_total')).toBeGreaterThan(0)
  expect(page.get('process_start_time_seconds')).toBeGreaterThan(1.6e9)
  expect(page.get('nodejs_eventloop_utilization')).toBeLessThanOrEqual(1)
})

test('processor time only grows, and is called so', async () => {
  const { page } = createInstruments(() => ({ liveStreams: 0, followers: 0 }))
  expect(await page()).toContain('# TYPE process_cpu_seconds_total counter\n')
  const cpu = async (): Promise<number> =>
    Number(/^process_cpu_seconds_total (\S+)$/m.exec(await page())?.[1])
  expect(await cpu()).toBeLessThanOrEqual(await cpu())
})

test('two servers share nothing', async () => {
  const [one, other] = [testApp({ append: async () => ack }), testApp()]
  await one.ask(two)
  expect(await samples(one)).toMatchObject({ s2_append_batch_records_count: 1 })
  expect(await samples(other)).toMatchObject({ s2_append_batch_records_count: 0 })
})

test('syncs are counted, and the commits in them', async () => {
  const instruments = createInstruments(() => ({ liveStreams: 0, followers: 0 }))
  instruments.synced({ commits: 3, milliseconds: 2 })
  instruments.synced({ commits: 1, milliseconds: 8 })
  const page = await instruments.page()
  expect(page).toContain('s2_store_commits_total 4\n')
  expect(page).toContain('s2_store_sync_latency_seconds_sum 0.01\n')
  expect(page).toContain('s2_store_sync_latency_seconds_bucket{le="0.0025"} 1\n')
})
