import { describe, expect, test } from 'vitest'
import { DEFAULT_BASIN_CONFIG, UNSET_STREAM_CONFIG } from '../semantics/config.ts'
import type { BasinSet, Interval } from '../semantics/metrics-query.ts'
import { openMemoryStore } from '../store/memory.ts'
import type { Store } from '../store/store.ts'
import { FakeClock, settle } from '../testing/fake-clock.ts'
import { heldStore } from '../testing/held-store.ts'
import { seriesOf } from '../testing/metrics.ts'
import { startReader } from '../testing/reader.ts'
import {
  addressOf,
  batch,
  deletingAfter,
  ok,
  readAll,
  testBackend,
  testStream,
  trim,
} from '../testing/test-backend.ts'
import type { Backend, StreamAddress } from './backend.ts'
import { usedScopes } from './usage-sweep.ts'

/** The first second of a minute, an hour and a day. */
const NOON = 1_699_920_000
const MINUTE = 60_000
const clockAtNoon = () => new FakeClock(BigInt(NOON) * 1000n)
/** A batch of one record that meters so many bytes. */
const sized = (bytes: number) => batch(['x'.repeat(bytes - 8)])
const trimmed = 8 + 2 + 4 + 8

const stream = async (backend: Backend, address: StreamAddress, start = NOON, end = NOON + 600) => {
  const range = { start, end, interval: 'minute' } as const
  const { storage } = seriesOf(await backend.streamMetrics(address, 'storage', range))
  return storage
}

const basin = async (
  backend: Backend,
  name: StreamAddress['basin'],
  set: BasinSet,
  interval: Interval = 'minute',
) => seriesOf(await backend.basinMetrics(name, set, { start: NOON, end: NOON + 7200, interval }))

const account = async (
  backend: Backend,
  set: 'account-ops' | 'active-basins',
  start = NOON,
  end = NOON + 600,
) => seriesOf(await backend.accountMetrics(set, { start, end, interval: 'minute' }))

/** A store that survives the backend. */
async function lastingStore(): Promise<Store> {
  return { ...(await openMemoryStore()), close: async () => {} }
}

describe('storage', () => {
  test('is what is stored, in metered bytes, with its history by the minute', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock })
    expect(await stream(backend, address)).toEqual([[NOON, 0]])
    ok(await backend.append(address, sized(100)))
    expect(await stream(backend, address)).toEqual([[NOON, 100]])
    await clock.advance(2 * MINUTE)
    ok(await backend.append(address, sized(50)))
    expect(await stream(backend, address)).toEqual([
      [NOON, 100],
      [NOON + 60, 100],
      [NOON + 120, 150],
    ])
  })

  test('shrinks when records expire, and is so after a restart', async () => {
    const clock = clockAtNoon()
    const store = await lastingStore()
    const { backend, address } = await testStream({ clock, store, stream: { retention: { age: 30n } } })
    ok(await backend.append(address, sized(100)))
    await clock.advance(20_000)
    ok(await backend.append(address, sized(50)))
    await clock.advance(MINUTE - 35_000)
    expect((await stream(backend, address))?.at(-1)).toEqual([NOON, 50])
    await backend.close()
    const later = (await testBackend({ clock, store })).backend
    expect((await stream(later, address))?.at(-1)).toEqual([NOON, 50])
    await clock.advance(20_000)
    expect((await stream(later, address))?.at(-1)).toEqual([NOON + 60, 0])
    ok(await later.append(address, sized(20)))
    expect((await stream(later, address))?.at(-1)).toEqual([NOON + 60, 20])
  })

  test('shrinks when a trim takes effect, to the record, also where a batch stays in part', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock })
    ok(await backend.append(address, sized(100)))
    ok(await backend.append(address, batch(['a', 'bb', 'ccc'])))
    await clock.advance(MINUTE)
    ok(await backend.append(address, trim(2n)))
    expect((await stream(backend, address))?.at(-1)).toEqual([NOON + 60, 130 + trimmed])
    await clock.advance(MINUTE)
    expect(await stream(backend, address)).toEqual([
      [NOON, 130],
      [NOON + 60, 21 + trimmed],
      [NOON + 120, 21 + trimmed],
    ])
    expect(await basin(backend, address.basin, 'storage', 'hour')).toEqual({
      storage: [[NOON, 21 + trimmed]],
    })
  })

  test('is not less before a trim takes effect, of the stream and of its basin', async () => {
    const { backend, address } = await testStream({ clock: clockAtNoon() })
    ok(await backend.append(address, sized(100)))
    ok(await backend.append(address, trim(1n)))
    expect(await stream(backend, address)).toEqual([[NOON, 100 + trimmed]])
    expect(await basin(backend, address.basin, 'storage', 'hour')).toEqual({
      storage: [[NOON, 100 + trimmed]],
    })
  })

  test('of a stream that is deleted before a trim takes effect is 0 then and later', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock, rules: { flavor: deletingAfter(600_000) } })
    ok(await backend.append(address, sized(100)))
    ok(await backend.append(address, trim(1n)))
    await backend.deleteStream(address)
    await clock.advance(MINUTE)
    expect(await stream(backend, address)).toEqual([
      [NOON, 0],
      [NOON + 60, 0],
    ])
    expect(await basin(backend, address.basin, 'storage', 'hour')).toEqual({ storage: [[NOON, 0]] })
  })

  test('of everything trimmed is 0', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock })
    ok(await backend.append(address, sized(100)))
    ok(await backend.append(address, trim(2n ** 64n - 1n)))
    await clock.advance(1000)
    expect(await stream(backend, address)).toEqual([[NOON, 0]])
  })

  test('trims that overtake each other are counted once', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock })
    for (let n = 0; n < 6; n++) ok(await backend.append(address, sized(100)))
    await Promise.all([2n, 4n, 3n].map((upTo) => backend.append(address, trim(upTo))))
    await clock.advance(1000)
    expect(await stream(backend, address)).toEqual([[NOON, 200 + 3 * trimmed]])
    await clock.advance(MINUTE)
    expect(await stream(backend, address)).toEqual([
      [NOON, 200 + 3 * trimmed],
      [NOON + 60, 200 + 3 * trimmed],
    ])
  })

  test('of a deleted stream is 0 from its deletion on, and its successor begins anew', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock })
    ok(await backend.append(address, sized(100)))
    await clock.advance(MINUTE)
    await backend.deleteStream(address)
    expect(await stream(backend, address)).toEqual([
      [NOON, 100],
      [NOON + 60, 0],
    ])
    await clock.advance(MINUTE)
    ok(await backend.createStream(address, UNSET_STREAM_CONFIG, undefined))
    ok(await backend.append(address, sized(10)))
    expect(await stream(backend, address)).toEqual([
      [NOON, 100],
      [NOON + 60, 0],
      [NOON + 120, 10],
    ])
    expect(await basin(backend, address.basin, 'storage', 'hour')).toEqual({ storage: [[NOON, 10]] })
  })

  test('of a basin is that of its streams, in use or not, hour by hour', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock })
    const other = addressOf('test-basin', 'other')
    ok(await backend.createStream(other, UNSET_STREAM_CONFIG, undefined))
    ok(await backend.createBasin(addressOf('next-basin', 's').basin, DEFAULT_BASIN_CONFIG, undefined))
    ok(await backend.append(address, sized(100)))
    ok(await backend.append(other, sized(50)))
    await clock.advance(60 * MINUTE)
    ok(await backend.append(other, sized(25)))
    expect(await basin(backend, address.basin, 'storage', 'hour')).toEqual({
      storage: [
        [NOON, 150],
        [NOON + 3600, 175],
      ],
    })
    expect(await basin(backend, addressOf('next-basin', 's').basin, 'storage', 'hour')).toEqual({
      storage: [
        [NOON, 0],
        [NOON + 3600, 0],
      ],
    })
  })

  test('of a name that nothing ever had has no point (CP-MET-022)', async () => {
    const { backend, address } = await testStream({ clock: clockAtNoon() })
    expect(await stream(backend, addressOf('test-basin', 'nowhere'))).toEqual([])
    expect(await stream(backend, addressOf('nowhere-at-all', 'nowhere'))).toEqual([])
    expect(await basin(backend, addressOf('nowhere-at-all', 's').basin, 'storage', 'hour')).toEqual({
      storage: [],
    })
    expect(await stream(backend, address, 0, 60)).toEqual([[0, 0]])
  })

  test('and its history survive a restart, a trimmed stream as it was', async () => {
    const clock = clockAtNoon()
    const store = await lastingStore()
    const { backend, address } = await testStream({ clock, store })
    ok(await backend.append(address, sized(100)))
    ok(await backend.append(address, sized(40)))
    await clock.advance(MINUTE)
    ok(await backend.append(address, trim(1n)))
    await clock.advance(2 * MINUTE)
    const before = await stream(backend, address)
    await backend.close()
    const again = await testBackend({ clock, store })
    expect(await basin(again.backend, address.basin, 'storage', 'hour')).toEqual({
      storage: [[NOON, 40 + trimmed]],
    })
    expect(await stream(again.backend, address)).toEqual(before)
    expect(before?.at(0)).toEqual([NOON, 140])
  })
})

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
    expect(await basin(backend, address.basin, 'append-ops')).toEqual({
      standard: [[NOON, 1]],
      express: [
        [NOON, 2],
        [NOON + 60, 1],
      ],
    })
    expect(await basin(backend, address.basin, 'append-throughput')).toEqual({
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
    expect(await basin(backend, address.basin, 'append-throughput')).toEqual({ standard: [], express: [] })
  })

  test('an append counts in the class that its stream has then', async () => {
    const { backend, address } = await testStream({ clock: clockAtNoon() })
    ok(await backend.append(address, sized(20)))
    ok(await backend.reconfigureStream(address, { ...UNSET_STREAM_CONFIG, storageClass: 'standard' }))
    ok(await backend.append(address, sized(30)))
    expect(await basin(backend, address.basin, 'append-throughput')).toEqual({
      standard: [[NOON, 30]],
      express: [[NOON, 20]],
    })
  })

  test('reads are counted by what was delivered, from the store and from the tail', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock })
    ok(await backend.append(address, batch(['aa', 'bbb', 'c'])))
    await readAll(backend, address, { seqNum: 1n }, { count: 1n, wait: 0 })
    expect(await basin(backend, address.basin, 'read-throughput')).toEqual({ read_throughput: [[NOON, 11]] })
    const reader = await startReader(backend, address, { seqNum: 3n }, {})
    ok(await backend.append(address, batch(['dddd', 'e'])))
    await settle()
    expect(reader.bodies()).toEqual(['dddd', 'e'])
    const bounded = await startReader(backend, address, { seqNum: 5n }, { count: 1n, wait: 60 })
    ok(await backend.append(address, batch(['ff', 'g'])))
    await settle()
    expect(bounded.bodies()).toEqual(['ff'])
    reader.leave()
    expect(await basin(backend, address.basin, 'read-throughput')).toEqual({
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
    expect(await basin(backend, address.basin, 'read-ops')).toEqual({
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
    expect(await account(backend, 'account-ops')).toEqual({
      'list-basins': [
        [NOON, 2],
        [NOON + 60, 1],
      ],
    })
    expect(await basin(backend, address.basin, 'basin-ops')).toEqual({ 'list-streams': [[NOON, 1]] })
    expect(await basin(backend, addressOf('other-basin', 's').basin, 'basin-ops')).toEqual({})
  })

  test('survive a stop within their minute, and what comes after in the same minute is added', async () => {
    const clock = clockAtNoon()
    const store = await lastingStore()
    const first = await testBackend({ clock, store })
    first.backend.served.operation('list-basins')
    await first.backend.close()
    const second = await testBackend({ clock, store })
    second.backend.served.operation('list-basins')
    expect(await account(second.backend, 'account-ops')).toEqual({ 'list-basins': [[NOON, 2]] })
    await clock.advance(MINUTE)
    expect(await account(second.backend, 'account-ops')).toEqual({ 'list-basins': [[NOON, 2]] })
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
    const asked = account(backend, 'account-ops')
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
    expect(await account(backend, 'active-basins', NOON, NOON + 600)).toEqual({
      active_basins: ['test-basin'],
    })
    expect(await account(backend, 'active-basins', NOON, NOON + 601)).toEqual({
      active_basins: ['later-basin', 'test-basin'],
    })
    expect(await account(backend, 'active-basins', 0, 3600)).toEqual({ active_basins: [] })
    await backend.deleteStream(address)
    await clock.advance(10 * MINUTE)
    const now = NOON + 1200
    expect(await account(backend, 'active-basins', NOON, now)).toEqual({
      active_basins: ['later-basin', 'test-basin'],
    })
    expect(await account(backend, 'active-basins', now - 60, now)).toEqual({ active_basins: ['later-basin'] })
  })

  test('have none any more from a deletion on, however long it takes', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock, rules: { flavor: deletingAfter(600_000) } })
    await backend.deleteStream(address)
    await clock.advance(2 * MINUTE)
    expect(await account(backend, 'active-basins')).toEqual({ active_basins: ['test-basin'] })
    expect(await account(backend, 'active-basins', NOON + 60, NOON + 120)).toEqual({ active_basins: [] })
  })

  test('are told of after they are gone', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock })
    await clock.advance(MINUTE)
    await backend.deleteBasin(address.basin)
    await clock.advance(5 * MINUTE)
    expect(ok(await backend.listBasins({ prefix: '', startAfter: '', limit: undefined })).items).toEqual([])
    expect(await account(backend, 'active-basins')).toEqual({ active_basins: ['test-basin'] })
    expect(await account(backend, 'active-basins', NOON + 120)).toEqual({ active_basins: [] })
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
