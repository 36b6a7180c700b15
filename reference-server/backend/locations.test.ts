import { describe, expect, test } from 'vitest'
import { DEFAULT_BASIN_CONFIG } from '../semantics/resources/config.ts'
import { type Flavor, HOSTED, LITE } from '../semantics/resources/flavor.ts'
import type { Locations } from '../semantics/resources/locations.ts'
import { openMemoryStore } from '../store/memory.ts'
import { settle } from '../testing/fake-clock.ts'
import { heldStore } from '../testing/held-store.ts'
import { basinName, ok, testBackend } from '../testing/test-backend.ts'
import type { Backend } from './backend.ts'

const locations: Locations = [
  { name: 'here', isPrivate: false },
  { name: 'there', isPrivate: true },
]

const hosted: Flavor = { ...HOSTED, limits: LITE.limits }
const backendOf = (flavor: Flavor) => testBackend({ rules: { flavor }, options: { locations } })
const create = async (backend: Backend, name: string, location?: string) =>
  await backend.createBasin(basinName(name), DEFAULT_BASIN_CONFIG, undefined, location)
const ensure = async (backend: Backend, name: string, location?: string) =>
  await backend.ensureBasin(basinName(name), DEFAULT_BASIN_CONFIG, location)
const listed = async (backend: Backend) => {
  const { items } = ok(await backend.listBasins({ prefix: '', startAfter: '', limit: undefined }))
  return items.map(({ name, location }) => [name, location])
}

describe('the default location', () => {
  test('is the first, then the one that was set, in both flavors (CP-LOC-003, CP-LOC-005)', async () => {
    for (const flavor of [LITE, hosted]) {
      const { backend } = await backendOf(flavor)
      expect(backend.listLocations()).toEqual(locations)
      expect(backend.defaultLocation()).toEqual(locations[0])
      expect(await backend.setDefaultLocation('there')).toEqual(locations[1])
      expect(backend.defaultLocation()).toEqual(locations[1])
    }
  })

  test('stays where it was if there is no such place (CP-LOC-006)', async () => {
    const { backend } = await backendOf(hosted)
    ok(await backend.setDefaultLocation('there'))
    expect(await backend.setDefaultLocation('nowhere')).toMatchObject({ code: 'invalid' })
    expect(backend.defaultLocation()).toEqual(locations[1])
  })

  test('survives a restart, and the taking down of the place', async () => {
    const store = { ...(await openMemoryStore()), close: async () => {} }
    const first = await testBackend({ store, options: { locations } })
    ok(await first.backend.setDefaultLocation('there'))
    await first.backend.close()
    const second = await testBackend({ store, options: { locations } })
    expect(second.backend.defaultLocation()).toEqual(locations[1])
    const third = await testBackend({ store, options: { locations: [locations[0]] } })
    expect(third.backend.defaultLocation()).toEqual(locations[0])
  })

  test('is seen once it is durable, and not at all if the store fails', async () => {
    const store = heldStore(await openMemoryStore())
    const { backend } = await testBackend({ store, options: { locations } })
    store.hold()
    const set = backend.setDefaultLocation('there')
    await settle()
    expect(backend.defaultLocation()).toEqual(locations[0])
    store.fail()
    expect(await set).toMatchObject({ code: 'storage' })
    expect(backend.defaultLocation()).toEqual(locations[0])
  })
})

describe('on a server with places a basin', () => {
  test('is where it was asked to be, or else in what is the default then (CP-BAS-043, CP-LOC-007)', async () => {
    const { backend } = await backendOf(hosted)
    expect(ok(await create(backend, 'basin-one')).info.location).toBe('here')
    ok(await backend.setDefaultLocation('there'))
    expect(ok(await create(backend, 'basin-two')).info.location).toBe('there')
    expect(ok(await ensure(backend, 'basin-three', 'here')).info.location).toBe('here')
    expect(ok(await ensure(backend, 'basin-four')).info.location).toBe('there')
    expect(await listed(backend)).toEqual([
      ['basin-four', 'there'],
      ['basin-one', 'here'],
      ['basin-three', 'here'],
      ['basin-two', 'there'],
    ])
  })

  test('is not made where there is no place (CP-LOC-009)', async () => {
    const { backend } = await backendOf(hosted)
    expect(await create(backend, 'basin-one', 'nowhere')).toMatchObject({ code: 'invalid' })
    expect(await ensure(backend, 'basin-one', 'nowhere')).toMatchObject({ code: 'invalid' })
    expect(await listed(backend)).toEqual([])
  })

  test('cannot be moved, and to ask for nothing or for the same is no move (CP-BAS-056)', async () => {
    const { backend } = await backendOf(hosted)
    ok(await create(backend, 'basin-one', 'there'))
    const changed = { ...DEFAULT_BASIN_CONFIG, createStreamOnRead: true }
    const moved = await backend.ensureBasin(basinName('basin-one'), changed, 'here')
    expect(moved).toMatchObject({ code: 'invalid' })
    expect(await backend.getBasinConfig(basinName('basin-one'))).toEqual(DEFAULT_BASIN_CONFIG)
    expect(await ensure(backend, 'basin-one', 'there')).toMatchObject({ result: 'noop' })
    expect(await ensure(backend, 'basin-one')).toMatchObject({ result: 'noop', info: { location: 'there' } })
  })

  test('is made once for a request token, wherever its repeat would have it', async () => {
    const { backend } = await backendOf(hosted)
    const made = (location: string) =>
      backend.createBasin(basinName('basin-one'), DEFAULT_BASIN_CONFIG, 'token', location)
    ok(await made('there'))
    expect(await made('here')).toMatchObject({ result: 'noop', info: { location: 'there' } })
  })

  test('is where it was after a restart and a change', async () => {
    const store = { ...(await openMemoryStore()), close: async () => {} }
    const given = { rules: { flavor: hosted }, options: { locations }, store }
    const first = await testBackend(given)
    ok(await create(first.backend, 'basin-one', 'there'))
    ok(
      await first.backend.ensureBasin(basinName('basin-one'), {
        ...DEFAULT_BASIN_CONFIG,
        createStreamOnRead: true,
      }),
    )
    const second = await testBackend(given)
    expect(await listed(second.backend)).toEqual([['basin-one', 'there']])
  })
})

test('a basin in a place that was taken down since can still be asked for (CP-BAS-033, CP-BAS-056)', async () => {
  const store = { ...(await openMemoryStore()), close: async () => {} }
  const given = { rules: { flavor: hosted }, store }
  const made = async ({ backend }: { readonly backend: Backend }) =>
    await backend.createBasin(basinName('basin-one'), DEFAULT_BASIN_CONFIG, 'token', 'there')
  ok(await made(await testBackend({ ...given, options: { locations } })))
  const after = await testBackend({ ...given, options: { locations: [locations[0]] } })
  const noop = { result: 'noop', info: { location: 'there' } }
  expect(await made(after)).toMatchObject(noop)
  expect(await ensure(after.backend, 'basin-one', 'there')).toMatchObject(noop)
  expect(await ensure(after.backend, 'basin-one', 'here')).toMatchObject({ code: 'invalid' })
  expect(await create(after.backend, 'basin-two', 'there')).toMatchObject({ code: 'invalid' })
})

test('on a server without places a location is ignored (CP-BAS-022, CP-BAS-036)', async () => {
  const { backend } = await backendOf(LITE)
  ok(await backend.setDefaultLocation('there'))
  ok(await create(backend, 'basin-one', 'nowhere'))
  expect(await ensure(backend, 'basin-one', 'here')).toMatchObject({ result: 'noop' })
  expect(await listed(backend)).toEqual([['basin-one', undefined]])
})
