import { expect, test } from 'vitest'
import { DEFAULT_BASIN_CONFIG, UNSET_STREAM_CONFIG } from '../semantics/resources/config.ts'
import { LITE } from '../semantics/resources/flavor.ts'
import { addressOf, batch, ok, testBackend } from '../testing/test-backend.ts'
import type { Backend } from './backend.ts'

const STREAM = addressOf('test-basin', 'stream')
const flavor = { ...LITE, limits: { ...LITE.limits, basinSetup: 1000, deletion: 0 } }
const listing = { prefix: '', startAfter: '', limit: undefined }
const patch = {
  defaultStreamConfig: UNSET_STREAM_CONFIG,
  streamCipher: undefined,
  createStreamOnAppend: undefined,
  createStreamOnRead: undefined,
}

/** Everything that is asked of a basin or in it. */
const OPERATIONS: Readonly<Record<string, (backend: Backend) => Promise<object | undefined>>> = {
  getBasinConfig: (backend) => backend.getBasinConfig(STREAM.basin),
  reconfigureBasin: (backend) => backend.reconfigureBasin(STREAM.basin, patch),
  listStreams: (backend) => backend.listStreams(STREAM.basin, listing),
  createStream: (backend) => backend.createStream(STREAM, UNSET_STREAM_CONFIG, undefined),
  ensureStream: (backend) => backend.ensureStream(STREAM, UNSET_STREAM_CONFIG),
  getStreamConfig: (backend) => backend.getStreamConfig(STREAM),
  reconfigureStream: (backend) => backend.reconfigureStream(STREAM, UNSET_STREAM_CONFIG),
  append: (backend) => backend.append(STREAM, batch(['a'])),
  openAppendSession: (backend) => backend.openAppendSession(STREAM),
  checkTail: (backend) => backend.checkTail(STREAM),
  openRead: (backend) => backend.openRead(STREAM, {}, {}, new AbortController().signal),
  deleteStream: (backend) => backend.deleteStream(STREAM),
  deleteBasin: (backend) => backend.deleteBasin(STREAM.basin),
}

const unavailable = (retryAfter: number) => ({
  refusal: 'error',
  code: 'unavailable',
  message: expect.any(String),
  retryAfter,
})

test('until a basin is set up nothing that is asked of it is done, then all of it is (CP-BAS-045)', async () => {
  const { backend, clock } = await testBackend({ rules: { flavor } })
  ok(await backend.createBasin(STREAM.basin, DEFAULT_BASIN_CONFIG, undefined))
  for (const [name, ask] of Object.entries(OPERATIONS)) {
    expect(await ask(backend), name).toEqual(unavailable(1000))
  }
  await clock.advance(999)
  for (const [name, ask] of Object.entries(OPERATIONS)) {
    expect(await ask(backend), name).toEqual(unavailable(1))
  }
  await clock.advance(1)
  expect(await OPERATIONS.listStreams?.(backend)).toEqual({ items: [], hasMore: false })
  for (const [name, ask] of Object.entries(OPERATIONS)) {
    expect((await ask(backend)) ?? {}, name).not.toHaveProperty('refusal')
  }
})

test('however it was made, and after a restart', async () => {
  const { backend, clock, store } = await testBackend({ rules: { flavor } })
  ok(await backend.ensureBasin(STREAM.basin, DEFAULT_BASIN_CONFIG))
  expect(await backend.getBasinConfig(STREAM.basin)).toEqual(unavailable(1000))
  await clock.advance(400)
  const { backend: restarted } = await testBackend({ rules: { flavor }, store, clock })
  expect(await restarted.getBasinConfig(STREAM.basin)).toEqual(unavailable(600))
})

test('what is asked of the account goes on, and so do the other basins', async () => {
  const { backend, clock } = await testBackend({ rules: { flavor } })
  const other = addressOf('other-basin', 'stream')
  ok(await backend.createBasin(other.basin, DEFAULT_BASIN_CONFIG, undefined))
  await clock.advance(1000)
  ok(await backend.createBasin(STREAM.basin, DEFAULT_BASIN_CONFIG, 'token'))
  expect((await backend.listBasins(listing)).items).toHaveLength(2)
  expect(await backend.createBasin(STREAM.basin, DEFAULT_BASIN_CONFIG, 'token')).toMatchObject({
    result: 'noop',
  })
  expect(await backend.ensureBasin(STREAM.basin, DEFAULT_BASIN_CONFIG)).toMatchObject({ result: 'noop' })
  const range = { start: 0, end: 60, interval: 'minute' } as const
  expect(await backend.basinMetrics(STREAM.basin, 'storage', range)).not.toHaveProperty('refusal')
  ok(await backend.createStream(other, UNSET_STREAM_CONFIG, undefined))
  const nowhere = addressOf('no-such-basin', 'stream')
  expect(await backend.checkTail(nowhere)).toMatchObject({ code: 'basin_not_found' })
})

test('a PUT that would change its config waits as a PATCH does (CP-BAS-045)', async () => {
  const { backend, clock } = await testBackend({ rules: { flavor } })
  ok(await backend.createBasin(STREAM.basin, DEFAULT_BASIN_CONFIG, undefined))
  const changed = { ...DEFAULT_BASIN_CONFIG, createStreamOnRead: true }
  expect(await backend.ensureBasin(STREAM.basin, changed)).toEqual(unavailable(1000))
  await clock.advance(1000)
  expect(await backend.getBasinConfig(STREAM.basin)).toEqual(DEFAULT_BASIN_CONFIG)
  expect(await backend.ensureBasin(STREAM.basin, changed)).toMatchObject({ result: 'updated' })
})

test('a clock that is set back does not shut a basin (CP-BAS-045)', async () => {
  const { backend, clock } = await testBackend({ rules: { flavor } })
  ok(await backend.createBasin(STREAM.basin, DEFAULT_BASIN_CONFIG, undefined))
  clock.jump(-86_400_000n)
  expect(await backend.getBasinConfig(STREAM.basin)).toEqual(DEFAULT_BASIN_CONFIG)
})
