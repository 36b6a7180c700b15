import { describe, expect, test } from 'vitest'
import { DEFAULT_BASIN_CONFIG, UNSET_STREAM_CONFIG } from '../semantics/resources/config.ts'
import { openMemoryStore } from '../store/memory.ts'
import type { Store } from '../store/store.ts'
import { settle } from '../testing/fake-clock.ts'
import { heldStore } from '../testing/held-store.ts'
import {
  accountSeries,
  basinSeries,
  clockAtNoon,
  lastingStore,
  MINUTE,
  NOON,
  sized,
} from '../testing/metrics-at-noon.ts'
import { startReader } from '../testing/reader.ts'
import {
  addressOf,
  batch,
  deletingAfter,
  ok,
  readAll,
  testBackend,
  testStream,
} from '../testing/test-backend.ts'
import type { StreamAddress } from './backend.ts'
import { usedScopes } from './usage-sweep.ts'

describe('appends and reads', () => {
  test('are counted by storage class: bytes, and a minute of a connection as one operation (CP-HOST-006)', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock })
    const standard = addressOf('test-basin', 'standard')
    ok(await backend.createStream(standard, { ...UNSET_STREAM_CONFIG, storageClass: 'standard' }, undefined))
    const [here, there] = [{}, {}]
    const appendOver = async (to: StreamAddress, connection: object) => {
      ok(await backend.append(to, sized(20)))
      backend.served.append(to, connection)
    }
    for (const connection of [here, here, there]) await appendOver(address, connection)
    await appendOver(standard, here)
    await clock.advance(MINUTE)
    await appendOver(address, here)
    expect(await basinSeries(backend, address.basin, 'append-ops')).toEqual({
      standard: [[NOON, 1]],
      express: [
        [NOON, 2],
        [NOON + 60, 1],
      ],
    })
    expect(await basinSeries(backend, address.basin, 'append-throughput')).toEqual({
      standard: [[NOON, 20]],
      express: [
        [NOON, 60],
        [NOON + 60, 20],
      ],
    })
  })

  test('a refused append is not counted', async () => {
    const { backend, address } = await testStream({ clock: clockAtNoon() })
    await backend.append(address, batch(['a'], { matchSeqNum: 9n }))
    expect(await basinSeries(backend, address.basin, 'append-throughput')).toEqual({
      standard: [],
      express: [],
    })
  })

  test('an append counts in the class that its stream has then', async () => {
    const { backend, address } = await testStream({ clock: clockAtNoon() })
    ok(await backend.append(address, sized(20)))
    ok(await backend.reconfigureStream(address, { ...UNSET_STREAM_CONFIG, storageClass: 'standard' }))
    ok(await backend.append(address, sized(30)))
    expect(await basinSeries(backend, address.basin, 'append-throughput')).toEqual({
      standard: [[NOON, 30]],
      express: [[NOON, 20]],
    })
  })

  test('reads are counted by what was delivered, from the store and from the tail', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock })
    ok(await backend.append(address, batch(['aa', 'bbb', 'c'])))
    await readAll(backend, address, { seqNum: 1n }, { count: 1n, wait: 0 })
    expect(await basinSeries(backend, address.basin, 'read-throughput')).toEqual({
      read_throughput: [[NOON, 11]],
    })
    const reader = await startReader(backend, address, { seqNum: 3n }, {})
    ok(await backend.append(address, batch(['dddd', 'e'])))
    await settle()
    expect(reader.bodies()).toEqual(['dddd', 'e'])
    const bounded = await startReader(backend, address, { seqNum: 5n }, { count: 1n, wait: 60 })
    ok(await backend.append(address, batch(['ff', 'g'])))
    await settle()
    expect(bounded.bodies()).toEqual(['ff'])
    reader.leave()
    expect(await basinSeries(backend, address.basin, 'read-throughput')).toEqual({
      read_throughput: [[NOON, 11 + 12 + 9 + 19 + 10]],
    })
  })

  test('reads are unary, each one, or sessions, a minute of a connection (CP-HOST-006)', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock })
    const { served } = backend
    const connection = {}
    served.unaryRead(address)
    served.unaryRead(address)
    served.sessionRead(address, connection)
    served.sessionRead(address, connection)
    served.sessionRead(address, {})
    await clock.advance(MINUTE)
    served.sessionRead(address, connection)
    expect(await basinSeries(backend, address.basin, 'read-ops')).toEqual({
      unary: [[NOON, 2]],
      streaming: [
        [NOON, 2],
        [NOON + 60, 1],
      ],
    })
  })
})

describe('operations', () => {
  test('of the account and of a basin are counted apart', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock })
    backend.served.operation('list-basins')
    backend.served.operation('list-basins')
    backend.served.basinOperation('list-streams', address.basin)
    await clock.advance(MINUTE)
    backend.served.operation('list-basins')
    expect(await accountSeries(backend, 'account-ops')).toEqual({
      'list-basins': [
        [NOON, 2],
        [NOON + 60, 1],
      ],
    })
    expect(await basinSeries(backend, address.basin, 'basin-ops')).toEqual({ 'list-streams': [[NOON, 1]] })
    expect(await basinSeries(backend, addressOf('other-basin', 's').basin, 'basin-ops')).toEqual({})
  })

  test('survive a stop within their minute, and what comes after in the same minute is added', async () => {
    const clock = clockAtNoon()
    const store = await lastingStore()
    const first = await testBackend({ clock, store })
    first.backend.served.operation('list-basins')
    await first.backend.close()
    const second = await testBackend({ clock, store })
    second.backend.served.operation('list-basins')
    expect(await accountSeries(second.backend, 'account-ops')).toEqual({ 'list-basins': [[NOON, 2]] })
    await clock.advance(MINUTE)
    expect(await accountSeries(second.backend, 'account-ops')).toEqual({ 'list-basins': [[NOON, 2]] })
  })

  test('are told while they are being written down', async () => {
    const clock = clockAtNoon()
    const store = heldStore(await openMemoryStore())
    const { backend } = await testBackend({ clock, store })
    backend.served.operation('list-basins')
    store.hold('answer')
    await clock.advance(MINUTE)
    backend.served.operation('list-basins')
    expect(store.waiting()).toBe(1)
    const asked = accountSeries(backend, 'account-ops')
    await settle()
    await store.release()
    expect(await asked).toEqual({
      'list-basins': [
        [NOON, 1],
        [NOON + 60, 1],
      ],
    })
  })
})

describe('active basins', () => {
  test('had a stream at some time of the range, in the order of their names', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock })
    ok(await backend.createBasin(addressOf('empty-basin', 's').basin, DEFAULT_BASIN_CONFIG, undefined))
    const later = addressOf('later-basin', 's')
    await clock.advance(10 * MINUTE)
    ok(await backend.createBasin(later.basin, DEFAULT_BASIN_CONFIG, undefined))
    ok(await backend.createStream(later, UNSET_STREAM_CONFIG, undefined))
    expect(await accountSeries(backend, 'active-basins', NOON, NOON + 600)).toEqual({
      active_basins: ['test-basin'],
    })
    expect(await accountSeries(backend, 'active-basins', NOON, NOON + 601)).toEqual({
      active_basins: ['later-basin', 'test-basin'],
    })
    expect(await accountSeries(backend, 'active-basins', 0, 3600)).toEqual({ active_basins: [] })
    await backend.deleteStream(address)
    await clock.advance(10 * MINUTE)
    const now = NOON + 1200
    expect(await accountSeries(backend, 'active-basins', NOON, now)).toEqual({
      active_basins: ['later-basin', 'test-basin'],
    })
    expect(await accountSeries(backend, 'active-basins', now - 60, now)).toEqual({
      active_basins: ['later-basin'],
    })
  })

  test('have none any more from a deletion on, however long it takes', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock, rules: { flavor: deletingAfter(600_000) } })
    await backend.deleteStream(address)
    await clock.advance(2 * MINUTE)
    expect(await accountSeries(backend, 'active-basins')).toEqual({ active_basins: ['test-basin'] })
    expect(await accountSeries(backend, 'active-basins', NOON + 60, NOON + 120)).toEqual({
      active_basins: [],
    })
  })

  test('are told of after they are gone', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock })
    await clock.advance(MINUTE)
    await backend.deleteBasin(address.basin)
    await clock.advance(5 * MINUTE)
    expect(ok(await backend.listBasins({ prefix: '', startAfter: '', limit: undefined })).items).toEqual([])
    expect(await accountSeries(backend, 'active-basins')).toEqual({ active_basins: ['test-basin'] })
    expect(await accountSeries(backend, 'active-basins', NOON + 120)).toEqual({ active_basins: [] })
  })
})

describe('what is kept', () => {
  const scopes = async (store: Store) => {
    const found: string[] = []
    for await (const scope of usedScopes(store)) found.push(scope)
    return found
  }

  test('costs nothing while nothing happens', async () => {
    const clock = clockAtNoon()
    const { backend, store, address } = await testStream({ clock, stream: { retention: { infinite: true } } })
    await clock.advance(180 * MINUTE)
    expect(await scopes(store)).toEqual([])
    ok(await backend.append(address, sized(20)))
    await clock.advance(180 * MINUTE)
    expect(await scopes(store)).toEqual(['test-basin\0stream', 'test-basin'])
    expect(clock.pending).toBe(0)
  })

  test('is forgotten after a month', async () => {
    const clock = clockAtNoon()
    const { backend, store, address } = await testStream({ clock, stream: { retention: { infinite: true } } })
    ok(await backend.append(address, sized(20)))
    await clock.advance(31 * 24 * 60 * MINUTE)
    backend.served.operation('list-basins')
    await clock.advance(MINUTE)
    expect(await scopes(store)).toEqual(['test-basin\0stream', 'test-basin', ''])
    await clock.advance(24 * 60 * MINUTE)
    backend.served.operation('list-basins')
    await clock.advance(MINUTE)
    expect(await scopes(store)).toEqual([''])
  })
})
