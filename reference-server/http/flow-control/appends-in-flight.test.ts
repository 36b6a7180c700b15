import { request } from 'node:http'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { encodeFrame } from '../../../proto/frames.ts'
import { encodeAppendInput } from '../../../proto/messages.ts'
import type { AppendAck } from '../../../proto/types.ts'
import type { Batch } from '../../semantics/batch/batch.ts'
import { createServer, type ReferenceServer } from '../../server.ts'
import { type Duplex, overHttp1, overHttp2 } from '../testing/duplex.ts'
import { fakeBackend } from '../testing/fake-backend.ts'
import { Window } from './window.ts'

/*
 * What all appends together may have under way (APP-053, CP-LIM-024): the backend here makes nothing durable until it is
 * told to, and there is room for four batches of these, which weigh 64 KiB and a little.
 */

const path = '/v1/streams/a-stream/records'
const headers = { 's2-basin': 'basin-1-x', 'content-type': 's2s/proto' }
const ROOM = { appendsInFlight: 4 * 75_000 }

const opened: Duplex[] = []
const servers: ReferenceServer[] = []

afterEach(async () => {
  vi.restoreAllMocks()
  for (const duplex of opened.splice(0)) duplex.destroy()
  for (const server of servers.splice(0)) await server.stop()
})

interface Held {
  readonly url: string
  /** First bytes of the bodies of what was sequenced, in order. */
  readonly sequenced: readonly string[]
  /** Makes the oldest of these durable that is not. */
  durable(): void
  /** Resolves when so many batches wait for room. */
  heldBack(count: number): Promise<void>
}

/** Counts the batches that wait for room; those of an earlier server have a counter of their own. */
function countWaiting(): () => number {
  let waiting = 0
  const { enter } = Window.prototype
  vi.spyOn(Window.prototype, 'enter').mockImplementation(function (this: Window, ...args) {
    waiting += 1
    return enter.apply(this, args).finally(() => (waiting -= 1))
  })
  return () => waiting
}

async function serve(): Promise<Held> {
  const sequenced: string[] = []
  const waiting: (() => void)[] = []
  const append = ({ records }: Batch): Promise<AppendAck> => {
    sequenced.push(Buffer.from(records[0]?.body ?? []).toString('latin1', 0, 2))
    const position = { seqNum: BigInt(sequenced.length), timestamp: 1n }
    const ack = { start: position, end: position, tail: position }
    return new Promise((resolve) => waiting.push(() => resolve(ack)))
  }
  const { backend } = fakeBackend({
    append: (_address, batch) => append(batch),
    openAppendSession: async () => ({ submit: append }),
  })
  const server = await createServer({
    data: { backend },
    options: { bounds: ROOM },
    report: (error) => expect.unreachable(String(error)),
  })
  servers.push(server)
  const waitingNow = countWaiting()
  return {
    url: await server.start(),
    sequenced,
    durable: () => waiting.shift()?.(),
    heldBack: (count) => expect.poll(waitingNow).toBe(count),
  }
}

const message = (name: string, bytes = 65_536): Uint8Array =>
  encodeAppendInput({ records: [{ headers: [], body: Buffer.from(name.padEnd(bytes, '.')) }] })

const frame = (name: string, bytes?: number): Uint8Array =>
  encodeFrame({ payload: message(name, bytes), compression: 'none' })

async function openSession(url: string, open = overHttp1): Promise<Duplex> {
  const duplex = open(url, 'POST', path, headers)
  opened.push(duplex)
  expect(await duplex.status).toBe(200)
  return duplex
}

/** A unary append; resolves to its status. */
function appendUnary(
  url: string,
  name: string,
  bytes?: number,
): { readonly status: Promise<number>; leave(): void } {
  const asked = request(`${url}${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/protobuf' },
  })
  const status = new Promise<number>((resolve) => {
    asked.on('error', () => resolve(0))
    asked.on('response', (answer) => resolve(answer.resume().statusCode ?? 0))
  })
  asked.end(message(name, bytes))
  return { status, leave: () => asked.destroy() }
}

describe.each([
  ['HTTP/1.1', overHttp1],
  ['HTTP/2', overHttp2],
])('sessions over %s', (_version, open) => {
  test('wait for room, and take turns once there is some', async () => {
    const { url, sequenced, durable, heldBack } = await serve()
    const greedy = await openSession(url, open)
    for (const name of ['g1', 'g2', 'g3', 'g4', 'g5', 'g6', 'g7', 'g8']) greedy.send(frame(name))
    await expect.poll(() => sequenced).toEqual(['g1', 'g2', 'g3', 'g4'])
    const modest = await openSession(url, open)
    modest.send(frame('m1'))
    modest.send(frame('m2'))
    await heldBack(2)
    expect(sequenced).toHaveLength(4)
    for (const most of [5, 6, 7, 8]) {
      durable()
      await expect.poll(() => sequenced).toHaveLength(most)
    }
    expect(sequenced.slice(4, 6)).toEqual(['g5', 'm1'])
    await expect.poll(() => greedy.frames).toHaveLength(4)
  })

  test('keep the order of arrival: light batches wait behind a heavy one, though there is room for them', async () => {
    const { url, sequenced, durable, heldBack } = await serve()
    const first = await openSession(url, open)
    for (const name of ['f1', 'f2', 'f3']) first.send(frame(name))
    first.send(frame('f4', 80_000))
    await expect.poll(() => sequenced).toHaveLength(3)
    await heldBack(1)
    const second = await openSession(url, open)
    second.send(frame('l1', 2))
    const light = appendUnary(url, 'l2', 2)
    await heldBack(3)
    expect(sequenced).toEqual(['f1', 'f2', 'f3'])
    durable()
    await expect.poll(() => sequenced).toHaveLength(6)
    expect(sequenced[3]).toBe('f4')
    for (let left = 5; left > 0; left--) durable()
    expect(await light.status).toBe(200)
  })
})

test('unary appends wait in the same line', async () => {
  const { url, sequenced, durable, heldBack } = await serve()
  const session = await openSession(url)
  for (const name of ['s1', 's2', 's3', 's4']) session.send(frame(name))
  await expect.poll(() => sequenced).toHaveLength(4)
  const first = appendUnary(url, 'u1')
  await heldBack(1)
  expect(sequenced).toHaveLength(4)
  durable()
  await expect.poll(() => sequenced.slice(4)).toEqual(['u1'])
  for (let left = 4; left > 0; left--) durable()
  expect(await first.status).toBe(200)
})

test('a client that leaves the line appends nothing, and the next takes its place', async () => {
  const { url, sequenced, durable, heldBack } = await serve()
  const session = await openSession(url)
  for (const name of ['s1', 's2', 's3', 's4']) session.send(frame(name))
  await expect.poll(() => sequenced).toHaveLength(4)
  const impatient = appendUnary(url, 'u1')
  await heldBack(1)
  const leaver = await openSession(url)
  leaver.send(frame('l1'))
  await heldBack(2)
  const patient = appendUnary(url, 'u2')
  await heldBack(3)
  impatient.leave()
  leaver.destroy()
  expect(await impatient.status).toBe(0)
  await heldBack(1)
  durable()
  await expect.poll(() => sequenced.slice(4)).toEqual(['u2'])
  for (let left = 4; left > 0; left--) durable()
  expect(await patient.status).toBe(200)
})

test('refusals do not wait for room', async () => {
  const { url, sequenced } = await serve()
  const session = await openSession(url)
  for (const name of ['s1', 's2', 's3', 's4']) session.send(frame(name))
  await expect.poll(() => sequenced).toHaveLength(4)
  const refused = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/protobuf' },
    body: encodeAppendInput({ records: [] }),
  })
  expect([refused.status, await refused.json()]).toEqual([422, expect.objectContaining({ code: 'invalid' })])
})
