import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppendInput, AppendRecord, type Metric, S2, type S2Stream } from '@s2-dev/streamstore'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { HOSTED } from './semantics/resources/flavor.ts'
import { createServer, type ReferenceServer } from './server.ts'
import { openDiskStore } from './store/disk.ts'
import { FakeClock } from './testing/fake-clock.ts'

/*
 * What the official SDK is told of its own doings, on a server that behaves as the hosted service and keeps its data on
 * disk. The clock moves when a test says so: it is noon, and metrics are of the hour that follows.
 */

const NOON = 1_699_920_000
const MINUTE = 60_000
let clock: FakeClock
let directory: string
let server: ReferenceServer
let s2: S2

async function start(): Promise<void> {
  const flavor = { ...HOSTED, limits: { ...HOSTED.limits, basinSetup: 0, deletion: 0 } }
  server = await createServer({ data: { store: await openDiskStore(directory) }, clock, options: { flavor } })
  const url = await server.start()
  s2 = new S2({ accessToken: 'ignored', endpoints: { account: url, basin: url } })
}

beforeEach(async () => {
  clock = new FakeClock(BigInt(NOON) * 1000n)
  directory = await mkdtemp(join(tmpdir(), 's2-usage-'))
  await start()
})

afterEach(async () => {
  await server.stop()
  await rm(directory, { recursive: true })
})

const window = { start: NOON * 1000, end: (NOON + 3600) * 1000 }
/** No further than now. */
const untilNow = () => ({ ...window, end: Math.min(window.end, Number(clock.now())) })

/** Points of each series, in minutes since noon. */
function seriesOf({
  values,
}: {
  values: readonly Metric[]
}): Record<string, readonly (readonly [number, number])[]> {
  return Object.fromEntries(
    values.flatMap((metric) => {
      if (!('accumulation' in metric || 'gauge' in metric)) return []
      const { name, values } = 'gauge' in metric ? metric.gauge : metric.accumulation
      return [
        [name, values.map(([at, value]) => [(at.getTime() / 1000 - NOON) / 60, value] as const)] as const,
      ]
    }),
  )
}

const basinSeries = async (
  set: 'append-ops' | 'append-throughput' | 'read-ops' | 'read-throughput' | 'basin-ops',
) => seriesOf(await s2.metrics.basin({ basin: 'some-basin', set, interval: 'minute', ...untilNow() }))

const sized = (bytes: number) => AppendInput.create([AppendRecord.string({ body: 'x'.repeat(bytes - 8) })])

async function newStream(name: string, storageClass: 'standard' | 'express'): Promise<S2Stream> {
  await s2.basins.ensure({ basin: 'some-basin' })
  const basin = s2.basin('some-basin')
  await basin.streams.create({ stream: name, config: { storageClass } })
  return basin.stream(name)
}

test('storage is told as it was at every minute, after trims and deletions, over a restart', async () => {
  const stream = await newStream('a', 'express')
  await stream.append(sized(100))
  await stream.append(sized(40))
  await clock.advance(2 * MINUTE)
  await stream.append(AppendInput.create([AppendRecord.trim(1)]))
  const storage = async () =>
    seriesOf(await s2.metrics.stream({ basin: 'some-basin', stream: 'a', set: 'storage', ...untilNow() }))
  const trimCommand = 22
  const soFar = [
    [0, 140],
    [1, 140],
    [2, 40 + trimCommand],
  ] as const
  // A trim takes effect after a second, as soon as the disk has been read.
  await clock.advance(1001)
  await expect.poll(storage).toEqual({ storage: soFar })
  await clock.advance(MINUTE)
  await server.stop()
  await start()
  await clock.advance(MINUTE)
  await s2.basin('some-basin').streams.delete({ stream: 'a' })
  await clock.advance(MINUTE)
  expect(await storage()).toEqual({ storage: [...soFar, [3, 40 + trimCommand], [4, 0], [5, 0]] })
  const ofBasin = await s2.metrics.basin({ basin: 'some-basin', set: 'storage', ...untilNow() })
  expect(seriesOf(ofBasin)).toEqual({ storage: [[0, 0]] })
})

test('appends and reads are told by storage class and kind', async () => {
  const [express, standard] = [await newStream('fast', 'express'), await newStream('cheap', 'standard')]
  const session = await express.appendSession()
  for (let n = 0; n < 3; n++) await (await session.submit(sized(100))).ack()
  await session.close()
  await standard.append(sized(50))
  await express.read({ start: { from: { seqNum: 1 } } })
  const reader = await express.readSession({ start: { from: { seqNum: 0 } }, stop: { limits: { count: 2 } } })
  for await (const _ of reader);
  await clock.advance(MINUTE)
  await standard.append(sized(60))
  await clock.advance(MINUTE)
  expect(await basinSeries('append-throughput')).toEqual({
    express: [[0, 300]],
    standard: [
      [0, 50],
      [1, 60],
    ],
  })
  expect(await basinSeries('append-ops')).toEqual({
    express: [[0, 1]],
    standard: [
      [0, 1],
      [1, 1],
    ],
  })
  expect(await basinSeries('read-throughput')).toEqual({ read_throughput: [[0, 400]] })
  expect(await basinSeries('read-ops')).toEqual({ unary: [[0, 1]], streaming: [[0, 1]] })
})

test('operations are told by kind, and what was refused is none', async () => {
  await newStream('a', 'express')
  await s2.basin('some-basin').streams.list()
  await s2.basins.list()
  await s2.basins.list()
  await expect(s2.basins.getConfig({ basin: 'no-such-basin' })).rejects.toMatchObject({ status: 404 })
  await clock.advance(MINUTE)
  const account = async () =>
    seriesOf(await s2.metrics.account({ set: 'account-ops', interval: 'minute', ...untilNow() }))
  expect(await basinSeries('basin-ops')).toEqual({ 'list-streams': [[0, 1]], 'create-stream': [[0, 1]] })
  expect(await account()).toEqual({ 'list-basins': [[0, 2]], 'create-basin': [[0, 1]] })
  await clock.advance(MINUTE)
  expect(await account()).toMatchObject({ 'account-metrics': [[1, 1]], 'basin-metrics': [[1, 1]] })
})

test('basins that had a stream were active', async () => {
  await newStream('a', 'express')
  await s2.basins.create({ basin: 'empty-basin' })
  await clock.advance(MINUTE)
  const active = async () => (await s2.metrics.account({ set: 'active-basins', ...untilNow() })).values
  expect(await active()).toEqual([{ label: { name: 'active_basins', values: ['some-basin'] } }])
  await s2.basins.delete({ basin: 'some-basin' })
  await clock.advance(MINUTE)
  expect(await active()).toEqual([{ label: { name: 'active_basins', values: ['some-basin'] } }])
})

test('a basin is where it was made, the default moves on, and both are kept', async () => {
  const [first, second] = await s2.locations.list()
  expect(await s2.locations.getDefault()).toEqual(first)
  const location = second?.name ?? 'none'
  expect((await s2.basins.create({ basin: 'here-basin' })).location).toBe(first?.name)
  await s2.locations.setDefault({ location })
  await server.stop()
  await start()
  expect(await s2.locations.getDefault()).toEqual(second)
  expect((await s2.basins.create({ basin: 'there-basin' })).location).toBe(location)
  const { basins } = await s2.basins.list()
  expect(basins.map(({ name, location }) => [name, location])).toEqual([
    ['here-basin', first?.name],
    ['there-basin', location],
  ])
  const moved = s2.basins.ensure({ basin: 'here-basin', location })
  await expect(moved).rejects.toMatchObject({ status: 422, code: 'invalid' })
})
