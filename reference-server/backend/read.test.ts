import { beforeAll, describe, expect, test } from 'vitest'
import type { ReadEnd, ReadStart } from '../../proto/types.ts'
import { unaryEnd } from '../semantics/read/read-query.ts'
import { isRefusal } from '../semantics/refusal.ts'
import { admitted, ok, readAll, type TestBackend, testStream } from '../testing/test-backend.ts'
import type { StreamAddress } from './backend.ts'

let stream: TestBackend & { readonly address: StreamAddress }

/** Numbers 0 to 9, timestamps 100 to 1000, each of metered size 20; two a batch. */
beforeAll(async () => {
  stream = await testStream()
  for (let seqNum = 0; seqNum < 10; seqNum += 2) {
    const records = [seqNum, seqNum + 1].map((index) => ({
      timestamp: BigInt(100 * (index + 1)),
      headers: [],
      body: new Uint8Array(12),
    }))
    ok(await stream.backend.append(stream.address, admitted({ records })))
  }
})

type Outcome = readonly number[] | 'unwritten'

/** The numbers read up to the tail; a read that then follows or waits is left there. */
async function read(start: ReadStart, end: ReadEnd): Promise<Outcome> {
  const controller = new AbortController()
  const session = await stream.backend.openRead(stream.address, start, end, controller.signal)
  if (isRefusal(session)) {
    expect(session).toEqual({ refusal: 'unwritten', tail: { seqNum: 10n, timestamp: 1000n } })
    return 'unwritten'
  }
  const numbers: number[] = []
  for await (const output of session) {
    if (output.kind === 'heartbeat') break
    if (output.kind === 'batch') numbers.push(...output.records.map(({ seqNum }) => Number(seqNum)))
  }
  return numbers
}

const from = (first: number): readonly number[] => Array.from({ length: 10 - first }, (_, i) => first + i)

const rows: readonly { start: ReadStart; notWaiting: Outcome; waiting: Outcome }[] = [
  { start: {}, notWaiting: 'unwritten', waiting: [] },
  { start: { seqNum: 0n }, notWaiting: from(0), waiting: from(0) },
  { start: { seqNum: 9n }, notWaiting: [9], waiting: [9] },
  { start: { seqNum: 10n }, notWaiting: 'unwritten', waiting: [] },
  { start: { seqNum: 10n, clamp: true }, notWaiting: 'unwritten', waiting: [] },
  { start: { seqNum: 11n }, notWaiting: 'unwritten', waiting: 'unwritten' },
  { start: { seqNum: 11n, clamp: true }, notWaiting: 'unwritten', waiting: [] },
  { start: { seqNum: 2n ** 64n - 1n }, notWaiting: 'unwritten', waiting: 'unwritten' },
  { start: { tailOffset: 0n }, notWaiting: 'unwritten', waiting: [] },
  { start: { tailOffset: 3n }, notWaiting: from(7), waiting: from(7) },
  { start: { tailOffset: 99n }, notWaiting: from(0), waiting: from(0) },
  { start: { timestamp: 0n }, notWaiting: from(0), waiting: from(0) },
  { start: { timestamp: 450n }, notWaiting: from(4), waiting: from(4) },
  { start: { timestamp: 1000n }, notWaiting: [9], waiting: [9] },
  { start: { timestamp: 1001n }, notWaiting: 'unwritten', waiting: 'unwritten' },
  { start: { timestamp: 1001n, clamp: true }, notWaiting: 'unwritten', waiting: [] },
]

describe.each(rows)('a read from $start', ({ start, notWaiting, waiting }) => {
  test('unary, without wait', async () => {
    expect(await read(start, unaryEnd({}))).toEqual(notWaiting)
  })
  test('unary, with wait', async () => {
    expect(await read(start, unaryEnd({ wait: 5 }))).toEqual(waiting)
  })
  test('a bounded session', async () => {
    expect(await read(start, { count: 100n })).toEqual(notWaiting)
  })
  test('an unbounded session', async () => {
    expect(await read(start, {})).toEqual(waiting)
  })
  test('an unbounded session without wait ends at the tail (READ-048)', async () => {
    expect(await read(start, { wait: 0 })).toEqual(waiting)
  })
})

test.each<{ end: ReadEnd; count: number }>([
  { end: { count: 0n }, count: 0 },
  { end: { count: 3n }, count: 3 },
  { end: { count: 11n }, count: 10 },
  { end: { bytes: 0n }, count: 0 },
  { end: { bytes: 19n }, count: 0 },
  { end: { bytes: 20n }, count: 1 },
  { end: { bytes: 59n }, count: 2 },
  { end: { bytes: 60n }, count: 3 },
  { end: { until: 100n }, count: 0 },
  { end: { until: 101n }, count: 1 },
  { end: { until: 200n }, count: 1 },
  { end: { until: 201n }, count: 2 },
  { end: { count: 5n, bytes: 60n }, count: 3 },
  { end: { count: 2n, bytes: 60n }, count: 2 },
  { end: { count: 5n, until: 301n }, count: 3 },
  { end: { count: 2n ** 64n - 1n, bytes: 2n ** 64n - 1n, until: 2n ** 64n - 1n }, count: 10 },
])('$end delivers $count records', async ({ end, count }) => {
  const { records, outputs } = await readAll(stream.backend, stream.address, { seqNum: 0n }, end)
  expect(records.map(({ seqNum }) => Number(seqNum))).toEqual(from(0).slice(0, count))
  expect(outputs.every((output) => output.kind === 'batch' && output.records.length > 0)).toBe(true)
})

test('a timestamp that finds nothing is judged as the tail is (READ-015, READ-016)', async () => {
  const empty = await testStream()
  const openEmpty = (end: ReadEnd) =>
    empty.backend.openRead(empty.address, { timestamp: 0n }, end, new AbortController().signal)
  const tail = { seqNum: 0n, timestamp: 0n }
  expect(await openEmpty({ count: 1n })).toEqual({ refusal: 'unwritten', tail })
  expect(await openEmpty({ count: 1n, wait: 5 })).not.toMatchObject({ refusal: 'unwritten' })
  const bounded = await readAll(stream.backend, stream.address, { timestamp: 1000n }, { count: 9n })
  expect(bounded.records.map(({ seqNum }) => seqNum)).toEqual([9n])
})

test('what is read from the store carries no tail (READ-063)', async () => {
  const { outputs } = await readAll(stream.backend, stream.address, { seqNum: 0n }, { count: 10n })
  expect(outputs.map((output) => output.kind === 'batch' && output.tail)).toEqual([undefined])
})

test('batches hold at most 1000 records and 1 MiB, however long the catch-up (READ-037)', async () => {
  const { backend, address } = await testStream()
  const small = Array.from({ length: 900 }, () => ({ headers: [], body: new Uint8Array(2) }))
  for (let index = 0; index < 3; index++) ok(await backend.append(address, admitted({ records: small })))
  const large = [{ headers: [], body: new Uint8Array(700_000) }]
  for (let index = 0; index < 3; index++) ok(await backend.append(address, admitted({ records: large })))
  const { records, outputs } = await readAll(backend, address, { seqNum: 0n }, { wait: 0 })
  expect(records.map(({ seqNum }) => Number(seqNum))).toEqual(Array.from({ length: 2703 }, (_, i) => i))
  for (const output of outputs) {
    const batch = output.kind === 'batch' ? output.records : []
    expect(batch.length).toBeLessThanOrEqual(1000)
    expect(batch.reduce((sum, { body }) => sum + 8 + body.length, 0)).toBeLessThanOrEqual(1_048_576)
  }
})
