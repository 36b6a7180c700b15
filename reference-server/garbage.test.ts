import { once } from 'node:events'
import { connect } from 'node:http2'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type OpenDuplex, overHttp1, overHttp2 } from './http/testing/duplex.ts'
import {
  BASIN,
  frames,
  type WildRequest,
  wildHttp1,
  wildHttp2Frames,
  wildRequest,
} from './http/testing/garbage.ts'
import { connectRaw } from './http/testing/raw-connection.ts'
import { createServer, type ReferenceServer } from './server.ts'
import { openMemoryStore } from './store/memory.ts'

/*
 * Whatever arrives, the server refuses it or does it: it has no fault of its own, keeps no client waiting who has left, and
 * goes on serving. Requests are sent in groups, so that they also get into each other's way.
 */

let server: ReferenceServer
let url: string
const faults: unknown[] = []

beforeAll(async () => {
  server = await createServer({
    data: { store: await openMemoryStore() },
    report: (error) => faults.push(error),
  })
  url = await server.start()
  const config = { create_stream_on_append: true, create_stream_on_read: true }
  await fetch(`${url}/v1/basins/${BASIN}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ config }),
  })
})

afterEach(async () => {
  expect(faults.splice(0)).toEqual([])
  expect(await (await fetch(`${url}/health`)).text()).toBe('OK')
})

afterAll(() => server.stop())

test('HTTP/1.1', { timeout: 60_000 }, async () => {
  await assertAll(wildHttp1, 100, async (inputs) => {
    await Promise.all(inputs.map(async (input) => expectAllowed(input, await sendRaw(input))))
  })
})

test('HTTP/2', { timeout: 60_000 }, async () => {
  let answered = 0
  await assertAll(wildRequest, 100, async (requests) => {
    for (const [index, status] of (await sendHttp2(requests)).entries()) {
      if (status === undefined) continue
      answered++
      expectAllowed(requests[index], [status])
    }
  })
  expect(answered).toBeGreaterThan(500)
})

test('bytes that begin as HTTP/2', { timeout: 60_000 }, async () => {
  await assertAll(wildHttp2Frames, 30, async (inputs) => {
    await Promise.all(inputs.map((input) => sendRaw(input)))
  })
})

test.each([
  ['HTTP/1.1', overHttp1],
  ['HTTP/2', overHttp2],
])('frames of an append session over %s', { timeout: 60_000 }, async (_name, open) => {
  await assertAll(frames, 30, async (inputs) => {
    await Promise.all(inputs.map(async (input) => expectAllowed(input, await sendFrames(open, input))))
  })
})

/** Runs the property on groups of inputs; tells the seed and what went wrong, but not the whole group. */
async function assertAll<Input>(
  inputs: fc.Arbitrary<Input>,
  numRuns: number,
  judge: (group: readonly Input[]) => Promise<void>,
): Promise<void> {
  const group = fc.array(inputs, { minLength: GROUP, maxLength: GROUP })
  const result = await fc.check(fc.asyncProperty(group, judge), { numRuns, endOnFailure: true })
  if (result.failed) {
    throw new Error(`seed ${result.seed}, path ${result.counterexamplePath}: ${String(result.errorInstance)}`)
  }
}

const GROUP = 20

/** How long an answer is waited for; what takes longer is a session or an unfinished request, and left. */
const PATIENCE_MS = 100

/** Within this, a connection that the client has ended must be closed. */
const CLOSE_MS = 5_000

/** Throws an error that shows what was sent, if an answer is a 5xx other than 501. */
function expectAllowed(sent: unknown, statuses: readonly number[]): void {
  const fault = statuses.find((status) => status < 200 || (status >= 500 && status !== 501))
  if (fault !== undefined) throw new Error(`answered ${fault} to ${shown(sent)}`)
}

function shown(sent: unknown): string {
  const text = JSON.stringify(sent, (_key, part: unknown) =>
    part instanceof Uint8Array ? Buffer.from(part).toString('latin1') : part,
  )
  return text.slice(0, 2000)
}

/** The statuses that came on a connection of these bytes. */
async function sendRaw(bytes: Uint8Array): Promise<readonly number[]> {
  const connection = await connectRaw(url)
  connection.send(bytes)
  await Promise.race([once(connection.socket, 'data').catch(() => {}), connection.closed, pause(PATIENCE_MS)])
  connection.socket.end()
  await within(connection.closed, 'the connection was not closed')
  return [...connection.received.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status))
}

/** The statuses of requests that share a connection; one that the client's library does not send has none. */
async function sendHttp2(requests: readonly WildRequest[]): Promise<readonly (number | undefined)[]> {
  const session = connect(url)
  session.on('error', () => {})
  await once(session, 'connect')
  const statuses = await Promise.all(
    requests.map(async ({ method, path, headers, body }) => {
      try {
        const stream = session.request({ ...headers, ':method': method, ':path': path }, { endStream: false })
        const answered = Promise.withResolvers<number | undefined>()
        stream.on('error', () => answered.resolve(undefined))
        stream.on('response', (head) => answered.resolve(head[':status']))
        stream.end(body)
        const status = await Promise.race([answered.promise, pause(PATIENCE_MS)])
        stream.close()
        return status ?? undefined
      } catch {
        return undefined
      }
    }),
  )
  const closed = session.closed ? Promise.resolve() : once(session, 'close')
  session.destroy()
  await within(closed, 'the connection was not closed')
  return statuses
}

/** The status of the terminal frame, if one came. */
async function sendFrames(open: OpenDuplex, input: Uint8Array): Promise<readonly number[]> {
  const headers = { 's2-basin': BASIN, 'content-type': 's2s/proto', 'accept-encoding': 'gzip' }
  const client = open(url, 'POST', '/v1/streams/frames/records', headers)
  expect(await client.status).toBe(200)
  client.send(input)
  client.end()
  await within(client.ended, 'the session did not end')
  expect(client.frames.slice(0, -1).every(({ kind }) => kind === 'message')).toBe(true)
  return client.frames.flatMap((frame) => (frame.kind === 'terminal' ? [frame.status] : []))
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

async function within(promise: Promise<unknown>, what: string): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`${what} within ${CLOSE_MS} ms`)), CLOSE_MS)
  try {
    await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
