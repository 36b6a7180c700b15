import { batch } from '../../../client/records.ts'
import { textOf } from '../../by-hand/requests.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'

export const health: readonly Requirement[] = [
  onStream('RTE-029', 'Health and metrics endpoints', async ({ stream, account, expect }) => {
    expect.ok(await stream.append(batch('a')))
    for (const path of ['/health', '/ping']) {
      const health = await account.raw({ method: 'GET', path, prefix: '', without: ['authorization'] })
      expect.status(health, 200)
      expect.equal(textOf(health), 'OK', `body of ${path}`)
    }
    const metrics = await account.raw({
      method: 'GET',
      path: '/metrics',
      prefix: '',
      without: ['authorization'],
    })
    expect.status(metrics, 200)
    expect.header(metrics, 'content-type', 'text/plain; version=0.0.4')
    const lines = textOf(metrics).split('\n')
    for (const name of METRICS) {
      const count = lines.find((line) => line.startsWith(`${name}_count`))
      expect.that(count !== undefined && !count.endsWith(' 0'), `a count above 0 of ${name}`, count)
    }
  }),
]

const METRICS = [
  's2_append_permit_latency_seconds',
  's2_append_ack_latency_seconds',
  's2_append_batch_records',
  's2_append_batch_bytes',
]
