import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fakeClock, type StartedServer, startReferenceServer } from '../../../reference-server/index.ts'
import { STREAM, toHttp } from './request.ts'
import { type Played, play } from './session.ts'
import { START_TIME } from './state.ts'
import { sequences } from './testing/arbitrary-steps.ts'

const clock = fakeClock(START_TIME)
let server: StartedServer
let basins = 0

beforeAll(async () => {
  server = await startReferenceServer({ clock, trimDelay: 0 })
})
afterAll(async () => {
  await server.close()
})

interface Seen {
  readonly status: number
  readonly body: string
}

/** Sends the steps to a fresh stream of the reference server, with its clock at the time of each step. */
async function serve(played: readonly Played[]): Promise<readonly Seen[]> {
  const basin = `playground-${++basins}`
  await send('PUT', `/v1/basins/${basin}`, {}, '{}')
  const config = JSON.stringify({ retention_policy: { infinite: {} } })
  await send('PUT', `/v1/streams/${STREAM}`, { 's2-basin': basin }, config)
  const seen: Seen[] = []
  let before = START_TIME
  for (const { step, after } of played) {
    clock.jump(before + step.after - clock.now())
    const { method, path, headers, body } = toHttp(step.request)
    const mayWait = step.request.kind === 'read' && (step.request.end.wait ?? 0) > 0
    seen.push(await send(method, path, { ...headers, 's2-basin': basin }, body, mayWait))
    // A trim takes effect when its timer fires.
    await clock.advance(0)
    before = after.now
  }
  return seen
}

async function send(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
  mayWait = false,
): Promise<Seen> {
  let isOver = false
  const answer = fetch(`${server.url}${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body }),
  })
    .then(async (response) => ({ status: response.status, body: await response.text() }))
    .finally(() => {
      isOver = true
    })
  while (mayWait && !isOver) await clock.advance(1000)
  return await answer
}

test('the playground gives the answers of the reference server', async () => {
  let steps = 0
  const statuses = new Map<number, number>()
  await fc.assert(
    fc.asyncProperty(sequences, async (sequence) => {
      const played = play(sequence)
      const served = await serve(played)
      for (const { status } of served) statuses.set(status, (statuses.get(status) ?? 0) + 1)
      steps += served.length
      expect(played.map(({ answer: { status, body } }) => ({ status, body }))).toEqual(served)
      for (const { answer } of played) expect(answer.code).toBe(codeIn(answer.body))
    }),
    { numRuns: 250 },
  )
  // Every kind of answer occurs, or the sequences are too tame.
  expect([...statuses.keys()].toSorted()).toEqual([200, 400, 412, 416, 422])
  expect(steps).toBeGreaterThan(1000)
})

/** The error code as a client reads it. */
function codeIn(body: string): string | undefined {
  const { code } = JSON.parse(body) as { readonly code?: string }
  return code
}
