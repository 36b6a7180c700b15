import { describe, expect, test } from 'vitest'
import { DEFAULT_BASIN_CONFIG, UNSET_STREAM_CONFIG } from '../semantics/resources/config.ts'
import {
  basinSeries,
  clockAtNoon,
  lastingStore,
  MINUTE,
  NOON,
  sized,
  storageOf,
  TRIM_BYTES,
} from '../testing/metrics-at-noon.ts'
import {
  addressOf,
  batch,
  deletingAfter,
  ok,
  testBackend,
  testStream,
  trim,
} from '../testing/test-backend.ts'

describe('storage', () => {
  test('is what is stored, in metered bytes, with its history by the minute', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock })
    expect(await storageOf(backend, address)).toEqual([[NOON, 0]])
    ok(await backend.append(address, sized(100)))
    expect(await storageOf(backend, address)).toEqual([[NOON, 100]])
    await clock.advance(2 * MINUTE)
    ok(await backend.append(address, sized(50)))
    expect(await storageOf(backend, address)).toEqual([
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
    expect((await storageOf(backend, address))?.at(-1)).toEqual([NOON, 50])
    await backend.close()
    const later = (await testBackend({ clock, store })).backend
    expect((await storageOf(later, address))?.at(-1)).toEqual([NOON, 50])
    await clock.advance(20_000)
    expect((await storageOf(later, address))?.at(-1)).toEqual([NOON + 60, 0])
    ok(await later.append(address, sized(20)))
    expect((await storageOf(later, address))?.at(-1)).toEqual([NOON + 60, 20])
  })

  test('shrinks when a trim takes effect, to the record, also where a batch stays in part', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock })
    ok(await backend.append(address, sized(100)))
    ok(await backend.append(address, batch(['a', 'bb', 'ccc'])))
    await clock.advance(MINUTE)
    ok(await backend.append(address, trim(2n)))
    expect((await storageOf(backend, address))?.at(-1)).toEqual([NOON + 60, 130 + TRIM_BYTES])
    await clock.advance(MINUTE)
    expect(await storageOf(backend, address)).toEqual([
      [NOON, 130],
      [NOON + 60, 21 + TRIM_BYTES],
      [NOON + 120, 21 + TRIM_BYTES],
    ])
    expect(await basinSeries(backend, address.basin, 'storage', 'hour')).toEqual({
      storage: [[NOON, 21 + TRIM_BYTES]],
    })
  })

  test('is not less before a trim takes effect, of the stream and of its basin', async () => {
    const { backend, address } = await testStream({ clock: clockAtNoon() })
    ok(await backend.append(address, sized(100)))
    ok(await backend.append(address, trim(1n)))
    expect(await storageOf(backend, address)).toEqual([[NOON, 100 + TRIM_BYTES]])
    expect(await basinSeries(backend, address.basin, 'storage', 'hour')).toEqual({
      storage: [[NOON, 100 + TRIM_BYTES]],
    })
  })

  test('of a stream that is deleted before a trim takes effect is 0 then and later', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock, rules: { flavor: deletingAfter(600_000) } })
    ok(await backend.append(address, sized(100)))
    ok(await backend.append(address, trim(1n)))
    await backend.deleteStream(address)
    await clock.advance(MINUTE)
    expect(await storageOf(backend, address)).toEqual([
      [NOON, 0],
      [NOON + 60, 0],
    ])
    expect(await basinSeries(backend, address.basin, 'storage', 'hour')).toEqual({ storage: [[NOON, 0]] })
  })

  test('of everything trimmed is 0', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock })
    ok(await backend.append(address, sized(100)))
    ok(await backend.append(address, trim(2n ** 64n - 1n)))
    await clock.advance(1000)
    expect(await storageOf(backend, address)).toEqual([[NOON, 0]])
  })

  test('trims that overtake each other are counted once', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock })
    for (let n = 0; n < 6; n++) ok(await backend.append(address, sized(100)))
    await Promise.all([2n, 4n, 3n].map((upTo) => backend.append(address, trim(upTo))))
    await clock.advance(1000)
    expect(await storageOf(backend, address)).toEqual([[NOON, 200 + 3 * TRIM_BYTES]])
    await clock.advance(MINUTE)
    expect(await storageOf(backend, address)).toEqual([
      [NOON, 200 + 3 * TRIM_BYTES],
      [NOON + 60, 200 + 3 * TRIM_BYTES],
    ])
  })

  test('of a deleted stream is 0 from its deletion on, and its successor begins anew', async () => {
    const clock = clockAtNoon()
    const { backend, address } = await testStream({ clock })
    ok(await backend.append(address, sized(100)))
    await clock.advance(MINUTE)
    await backend.deleteStream(address)
    expect(await storageOf(backend, address)).toEqual([
      [NOON, 100],
      [NOON + 60, 0],
    ])
    await clock.advance(MINUTE)
    ok(await backend.createStream(address, UNSET_STREAM_CONFIG, undefined))
    ok(await backend.append(address, sized(10)))
    expect(await storageOf(backend, address)).toEqual([
      [NOON, 100],
      [NOON + 60, 0],
      [NOON + 120, 10],
    ])
    expect(await basinSeries(backend, address.basin, 'storage', 'hour')).toEqual({ storage: [[NOON, 10]] })
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
    expect(await basinSeries(backend, address.basin, 'storage', 'hour')).toEqual({
      storage: [
        [NOON, 150],
        [NOON + 3600, 175],
      ],
    })
    expect(await basinSeries(backend, addressOf('next-basin', 's').basin, 'storage', 'hour')).toEqual({
      storage: [
        [NOON, 0],
        [NOON + 3600, 0],
      ],
    })
  })

  test('of a name that nothing ever had has no point (CP-MET-022)', async () => {
    const { backend, address } = await testStream({ clock: clockAtNoon() })
    expect(await storageOf(backend, addressOf('test-basin', 'nowhere'))).toEqual([])
    expect(await storageOf(backend, addressOf('nowhere-at-all', 'nowhere'))).toEqual([])
    expect(await basinSeries(backend, addressOf('nowhere-at-all', 's').basin, 'storage', 'hour')).toEqual({
      storage: [],
    })
    expect(await storageOf(backend, address, 0, 60)).toEqual([[0, 0]])
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
    const before = await storageOf(backend, address)
    await backend.close()
    const again = await testBackend({ clock, store })
    expect(await basinSeries(again.backend, address.basin, 'storage', 'hour')).toEqual({
      storage: [[NOON, 40 + TRIM_BYTES]],
    })
    expect(await storageOf(again.backend, address)).toEqual(before)
    expect(before?.at(0)).toEqual([NOON, 140])
  })
})
