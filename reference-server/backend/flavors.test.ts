import { expect, test } from 'vitest'
import { DEFAULT_BASIN_CONFIG, UNSET_STREAM_CONFIG } from '../semantics/resources/config.ts'
import { HOSTED as hosted, LITE } from '../semantics/resources/flavor.ts'
import { addressOf, ok, testBackend } from '../testing/test-backend.ts'

const HOSTED = { ...hosted, limits: { ...hosted.limits, basinSetup: 0 } }
const STREAM = addressOf('test-basin', 'stream')
const refused = (code: string) => expect.objectContaining({ refusal: 'error', code })

test.each([
  { flavor: LITE, shown: DEFAULT_BASIN_CONFIG },
  { flavor: HOSTED, shown: refused('basin_deletion_pending') },
])('the config of a basin that is being deleted (CP-BAS-062)', async ({ flavor, shown }) => {
  const { backend, clock } = await testBackend({ rules: { flavor } })
  ok(await backend.createBasin(STREAM.basin, DEFAULT_BASIN_CONFIG, undefined))
  expect(await backend.getBasinConfig(STREAM.basin)).toEqual(DEFAULT_BASIN_CONFIG)
  ok((await backend.deleteBasin(STREAM.basin)) ?? {})
  expect(await backend.getBasinConfig(STREAM.basin)).toEqual(shown)
  await clock.advance(120_000)
  expect(await backend.getBasinConfig(STREAM.basin)).toEqual(refused('basin_not_found'))
})

test.each([
  { flavor: LITE, missing: refused('stream_not_found') },
  { flavor: HOSTED, missing: refused('basin_not_found') },
])('a stream whose basin is missing (CP-STR-052, CP-STR-071)', async ({ flavor, missing }) => {
  const { backend } = await testBackend({ rules: { flavor } })
  expect(await backend.getStreamConfig(STREAM)).toEqual(missing)
  expect(await backend.deleteStream(STREAM)).toEqual(missing)
  expect(await backend.checkTail(STREAM)).toEqual(refused('basin_not_found'))
  ok(await backend.createBasin(STREAM.basin, DEFAULT_BASIN_CONFIG, undefined))
  expect(await backend.getStreamConfig(STREAM)).toEqual(refused('stream_not_found'))
  expect(await backend.deleteStream(STREAM)).toEqual(refused('stream_not_found'))
})

test('what is in force where nothing is set is the flavor’s', async () => {
  const systemConfig = { ...LITE.systemConfig, storageClass: 'cheap' }
  const { backend } = await testBackend({ rules: { flavor: { ...LITE, systemConfig } } })
  ok(await backend.createBasin(STREAM.basin, DEFAULT_BASIN_CONFIG, undefined))
  ok(await backend.createStream(STREAM, { ...UNSET_STREAM_CONFIG, storageClass: 'dear' }, undefined))
  const clear = { ...UNSET_STREAM_CONFIG, storageClass: null }
  expect(await backend.reconfigureStream(STREAM, clear)).toMatchObject({ storageClass: 'cheap' })
  ok(await backend.ensureStream(STREAM, { ...UNSET_STREAM_CONFIG, storageClass: 'dear' }))
  ok(await backend.ensureStream(STREAM, UNSET_STREAM_CONFIG))
  expect(await backend.getStreamConfig(STREAM)).toMatchObject({ storageClass: 'cheap' })
  const other = addressOf('test-basin', 'other')
  ok(await backend.createStream(other, UNSET_STREAM_CONFIG, undefined))
  expect(await backend.getStreamConfig(other)).toMatchObject({ storageClass: 'cheap' })
})

test.each([
  { flavor: LITE, delay: 500 },
  { flavor: HOSTED, delay: 60_000 },
])(
  'how long a deletion can be seen pending is the flavor’s to say (CP-STR-073)',
  async ({ flavor, delay }) => {
    const { backend, clock } = await testBackend({ rules: { flavor } })
    ok(await backend.createBasin(STREAM.basin, DEFAULT_BASIN_CONFIG, undefined))
    ok(await backend.createStream(STREAM, UNSET_STREAM_CONFIG, undefined))
    ok((await backend.deleteStream(STREAM)) ?? {})
    await clock.advance(delay - 1)
    expect(await backend.checkTail(STREAM)).toEqual(refused('stream_deletion_pending'))
    await clock.advance(1)
    expect(await backend.checkTail(STREAM)).toEqual(refused('stream_not_found'))
  },
)
