import { Agent, request } from 'node:http'
import { connect } from 'node:http2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createServer, type ReferenceServer } from '../../server.ts'
import { openMemoryStore } from '../../store/memory.ts'
import { FakeClock } from '../../testing/fake-clock.ts'

/** The clock stands still, so that all is within one minute. */
const clock = new FakeClock()
const NOW = Number(clock.now() / 1000n)

let server: ReferenceServer
let url: string

beforeAll(async () => {
  server = await createServer({ data: { store: await openMemoryStore() }, clock })
  url = await server.start()
})

afterAll(() => server.stop())

const headers = { 'content-type': 'application/json' }
const path = '/v1/streams/s/records'
const body = '{"records":[{"body":"a"}]}'
let made = 0

async function newBasin(): Promise<string> {
  const name = `connections-${++made}`
  await fetch(`${url}/v1/basins/${name}`, { method: 'PUT' })
  await fetch(`${url}/v1/streams/s`, { method: 'PUT', headers: { 's2-basin': name } })
  return name
}

/** Operations of the minute, by name of the series. */
async function counted(basin: string, set: 'append-ops' | 'read-ops'): Promise<Record<string, number>> {
  const answer = await fetch(`${url}/v1/metrics/${basin}?set=${set}&start=${NOW}&end=${NOW + 60}`)
  const { values }: { values: { accumulation: { name: string; values: [number, number][] } }[] } = JSON.parse(
    await answer.text(),
  )
  return Object.fromEntries(values.map(({ accumulation: { name, values } }) => [name, values[0]?.[1] ?? 0]))
}

function appendOver(agent: Agent, basin: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, {
      agent,
      method: 'POST',
      headers: { ...headers, 's2-basin': basin },
    })
    sent.on('response', (answer) => answer.resume().on('end', resolve)).on('error', reject)
    sent.end(body)
  })
}

test('appends over one connection of HTTP/1.1 are one operation, over new ones one each (CP-HOST-006)', async () => {
  const basin = await newBasin()
  const lasting = new Agent({ keepAlive: true, maxSockets: 1 })
  for (let n = 0; n < 3; n++) await appendOver(lasting, basin)
  expect(await counted(basin, 'append-ops')).toEqual({ standard: 0, express: 1 })
  const fresh = new Agent({ keepAlive: false })
  for (let n = 0; n < 3; n++) await appendOver(fresh, basin)
  expect(await counted(basin, 'append-ops')).toEqual({ standard: 0, express: 4 })
  lasting.destroy()
})

test('requests over one connection of HTTP/2 are one operation', async () => {
  const basin = await newBasin()
  const sessions = [connect(url), connect(url)]
  for (const session of sessions) {
    for (let n = 0; n < 3; n++) {
      const stream = session.request({ ...headers, ':path': path, ':method': 'POST', 's2-basin': basin })
      stream.end(body)
      for await (const _ of stream);
    }
    const read = session.request({
      ':path': `${path}?seq_num=0&count=1`,
      'content-type': 's2s/proto',
      's2-basin': basin,
    })
    for await (const _ of read);
  }
  expect(await counted(basin, 'append-ops')).toEqual({ standard: 0, express: 2 })
  expect(await counted(basin, 'read-ops')).toEqual({ unary: 0, streaming: 2 })
  for (const session of sessions) session.close()
})
