import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { parseWorkload } from '../workload/parse.ts'
import { askAutocannon } from './ask-autocannon.ts'

const LATER_MS = 50

test('autocannon appends what the workload appends, and its trap is not stepped into', async () => {
  const bodies = new Set<string>()
  let [asked, format] = [0, '']
  const server = createServer((request, response) => {
    asked += 1
    format = String(request.headers['s2-format'])
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      bodies.add(body)
      setTimeout(() => response.end('{}'), LATER_MS)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const { port } = server.address() as AddressInfo
    const workload = parseWorkload({ duration: 3, batch: 2, 'record-size': 100 }, 'here')
    const opinion = await askAutocannon({
      url: `http://127.0.0.1:${port}/x`,
      headers: {},
      workload,
      perSecond: 10,
      interrupted: new AbortController().signal,
    })
    expect(opinion).toMatchObject({ tool: expect.stringMatching(/^autocannon \d+\.\d+/), failed: 0 })
    // It spreads 50 ms over the 50 below, where it is not told otherwise: more values than answers, and half the time.
    expect(opinion.count).toBeLessThanOrEqual(asked)
    expect(opinion.quantiles.p50).toBeGreaterThanOrEqual((LATER_MS - 1) * 1000)
    expect(format).toBe('base64')
    expect(bodies.size).toBe(1)
    const [body = ''] = bodies
    const { records } = JSON.parse(body) as { readonly records: readonly { readonly body: string }[] }
    expect(records.map((record) => Buffer.from(record.body, 'base64').length)).toEqual([100, 100])
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
