import { expect, test } from 'vitest'
import { DEFAULT_BASIN_CONFIG } from '../semantics/resources/config.ts'
import { LITE } from '../semantics/resources/flavor.ts'
import { basinName, ok, testBackend } from '../testing/test-backend.ts'

const flavor = { ...LITE, limits: { ...LITE.limits, basins: 2 } }
const names = ['basin-a-1', 'basin-b-1', 'basin-c-1', 'basin-d-1'].map(basinName)
const [A, B, C, D] = names as [(typeof names)[0], (typeof names)[0], (typeof names)[0], (typeof names)[0]]
const refused = (code: string) => expect.objectContaining({ refusal: 'error', code })

test('a basin above the quota is not made, and what there is can still be used (CP-BAS-044)', async () => {
  const { backend, clock, store } = await testBackend({ rules: { flavor } })
  const create = (name: typeof A, token?: string) => backend.createBasin(name, DEFAULT_BASIN_CONFIG, token)
  ok(await create(A, 'token'))
  ok(await backend.ensureBasin(B, DEFAULT_BASIN_CONFIG))
  expect(await create(C)).toEqual(refused('quota_exhausted'))
  expect(await backend.ensureBasin(C, DEFAULT_BASIN_CONFIG)).toEqual(refused('quota_exhausted'))
  expect(await backend.getBasinConfig(C)).toEqual(refused('basin_not_found'))

  expect(await create(A, 'token')).toMatchObject({ result: 'noop' })
  expect(await create(B)).toEqual(refused('resource_already_exists'))
  const changed = { ...DEFAULT_BASIN_CONFIG, createStreamOnRead: true }
  expect(await backend.ensureBasin(A, changed)).toMatchObject({ result: 'updated' })

  ok((await backend.deleteBasin(A)) ?? {})
  expect(await create(C)).toEqual(refused('quota_exhausted'))
  await clock.advance(1000)
  ok(await create(C))

  const { backend: restarted } = await testBackend({ rules: { flavor }, store, clock })
  expect(await restarted.createBasin(A, DEFAULT_BASIN_CONFIG, undefined)).toEqual(refused('quota_exhausted'))
})

test('of many that are made at once no more are made than may be', async () => {
  const { backend } = await testBackend({ rules: { flavor } })
  const outcomes = await Promise.all(
    [A, B, C, D, A].map((name) => backend.ensureBasin(name, DEFAULT_BASIN_CONFIG)),
  )
  expect(outcomes.map((outcome) => ('refusal' in outcome ? 'refused' : outcome.result))).toEqual([
    'created',
    'created',
    'refused',
    'refused',
    'noop',
  ])
})
