import type { Answer } from '../../../client/answer.ts'
import type { RawRequest } from '../../../client/raw.ts'
import { batch } from '../../../client/records.ts'
import { textOf } from '../../by-hand/requests.ts'
import type { CheckContext } from '../../check/context.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'

/** A request to the root of the server, beside the API. */
function getRoot(
  { account }: Pick<CheckContext, 'account'>,
  path: string,
  parts: Partial<RawRequest> = {},
): Promise<Answer<unknown>> {
  return account.raw({ method: 'GET', path, prefix: '', ...parts })
}

export const operations: readonly Requirement[] = [
  requirement('CP-LITE-020', '`/health`', async (context) => {
    const { account, expect } = context
    const answer = await getRoot(context, '/health')
    expect.status(answer, 200)
    expect.equal(textOf(answer), 'OK', 'body')
    expect.status(await account.raw({ method: 'GET', path: '/health' }), 404)
  }),

  requirement('CP-LITE-021', '`/ping`', async (context) => {
    const { expect } = context
    const answer = await getRoot(context, '/ping')
    const same = await getRoot(context, '/health')
    expect.status(answer, 200)
    expect.equal(textOf(answer), 'OK', 'body')
    expect.header(answer, 'content-type', same.headers['content-type'])
  }),

  onStream('CP-LITE-022', '`/metrics`', async (context) => {
    const { stream, expect } = context
    const before = await getRoot(context, '/metrics')
    expect.ok(await stream.append(batch('a', 'b', 'c')))
    const after = await getRoot(context, '/metrics')
    for (const answer of [before, after]) {
      expect.status(answer, 200)
      expect.header(answer, 'content-type', 'text/plain; version=0.0.4')
    }
    for (const name of HISTOGRAMS) {
      const type = linesOf(after).find((line) => line === `# TYPE ${name} histogram`)
      expect.present(type, `the line that says that ${name} is a histogram`)
      const grown = sampleOf(after, `${name}_count`) - sampleOf(before, `${name}_count`)
      expect.that(grown >= 1, `the count of ${name} grows with an append`, grown)
    }
    const records =
      sampleOf(after, 's2_append_batch_records_sum') - sampleOf(before, 's2_append_batch_records_sum')
    expect.that(records >= 3, 'the sum of s2_append_batch_records grows by the records appended', records)
    const bytes = sampleOf(after, 's2_append_batch_bytes_sum') - sampleOf(before, 's2_append_batch_bytes_sum')
    expect.that(bytes >= 27, 'the sum of s2_append_batch_bytes grows by the bytes appended', bytes)
  }),

  requirement('CP-LITE-023', 'Operational endpoints are open', async (context) => {
    const { newStream, expect } = context
    expect.ok(await (await newStream()).append(batch('a')))
    for (const path of ['/health', '/ping', '/metrics']) {
      for (const parts of [
        { without: ['authorization'] },
        { headers: { authorization: 'nonsense' } },
        { headers: { 's2-basin': 'Not a basin' } },
        { headers: { 'accept-encoding': 'zstd, gzip' } },
        { headers: { 'accept-encoding': 'gzip' } },
      ]) {
        const answer = await getRoot(context, path, parts)
        expect.status(answer, 200)
        expect.header(answer, 'content-encoding', undefined)
        const text = textOf(answer)
        if (path !== '/metrics') expect.equal(text, 'OK', `body of ${path}`)
        else expect.that(text.includes('# TYPE s2_append_'), 'metrics of appends in the body', text)
      }
    }
  }),

  requirement('CP-LITE-031', 'Protocols', { needs: ['http2'] }, async (context) => {
    const { account, basin, newStream, expect } = context
    const { name } = await newStream()
    const body = '{"retention_policy":{"age":60}}'
    // In turn, on connections of both kinds at once: each is told apart by what it begins with.
    for (const http of ['2', '1.1', '2', '1.1'] as const) {
      expect.ok(await account.raw({ method: 'GET', path: `/basins/${basin.name}`, http }))
      expect.ok(await basin.raw({ method: 'PATCH', path: `/streams/${name}`, body, http }))
      expect.ok(await basin.raw({ method: 'GET', path: `/streams/${name}/records/tail`, http }))
      expect.status(await account.raw({ method: 'GET', path: '/health', prefix: '', http }), 200)
    }
  }),
]

const HISTOGRAMS = [
  's2_append_permit_latency_seconds',
  's2_append_ack_latency_seconds',
  's2_append_batch_records',
  's2_append_batch_bytes',
]

const linesOf = (answer: Answer<unknown>): readonly string[] => textOf(answer).split('\n')

/** The value of a line `NAME VALUE` or `NAME{LABELS} VALUE`; 0 while there is none. */
function sampleOf(answer: Answer<unknown>, name: string): number {
  const line = linesOf(answer).find((each) => each.startsWith(`${name} `) || each.startsWith(`${name}{`))
  return Number(line?.split(' ').at(-1) ?? 0)
}
