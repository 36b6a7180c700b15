import { describe, expect, test } from 'vitest'
import type { ReadStart } from '../../proto/types.ts'
import { type Retention, type StreamConfig, UNSET_STREAM_CONFIG } from '../semantics/resources/config.ts'
import type { StreamConfigPatch } from '../semantics/resources/config-patch.ts'
import { allBatches, allTimestamps } from '../store/keys.ts'
import { openMemoryStore } from '../store/memory.ts'
import type { KeyRange, Store } from '../store/store.ts'
import { settle } from '../testing/fake-clock.ts'
import { heldStore } from '../testing/held-store.ts'
import { startReader } from '../testing/reader.ts'
import { recordingStore } from '../testing/recording-store.ts'
import {
  addressOf,
  batch,
  bodiesOf,
  ok,
  readAll,
  testBackend,
  testStream,
  trim,
} from '../testing/test-backend.ts'
import type { Backend, StreamAddress } from './backend.ts'

const SECOND = 1000
/** From the moment records may go until they have gone: as late as trims. */
const LATE = SECOND + 1
/** Until a sweep that was wanted comes, at the latest. */
const REST = 10 * SECOND

const infinite: Retention = { infinite: true }
const keeping = (retention: Retention): Partial<StreamConfig> => ({ retention })
const seconds = (age: number): Partial<StreamConfig> => keeping({ age: BigInt(age) })

const KEEP: StreamConfigPatch = {
  storageClass: undefined,
  retention: undefined,
  timestampingMode: undefined,
  timestampingUncapped: undefined,
  deleteOnEmptyMinAge: undefined,
}

async function bodies(backend: Backend, address: StreamAddress, start: ReadStart = { seqNum: 0n }) {
  return bodiesOf((await readAll(backend, address, start, { wait: 0 })).records)
}

async function count(store: Store, range: KeyRange): Promise<number> {
  let count = 0
  for await (const _ of store.range(range)) count++
  return count
}

describe('records', () => {
  test('go when they are older than their age, and not before (CP-CFG-080, AUT-014, AUT-015)', async () => {
    const { backend, address, clock, store } = await testStream({ stream: seconds(60) })
    await clock.advance(REST)
    ok(await backend.append(address, batch(['a', 'b'])))
    await clock.advance(5 * SECOND)
    const { tail } = ok(await backend.append(address, batch(['c'])))
    await clock.advance(55 * SECOND + LATE - 1)
    expect(await bodies(backend, address)).toEqual(['a', 'b', 'c'])
    await clock.advance(1)
    expect(await bodies(backend, address)).toEqual(['c'])
    await clock.advance(5 * SECOND + REST)
    expect(await bodies(backend, address)).toEqual([])
    expect([await count(store, allBatches(1n)), await count(store, allTimestamps(1n))]).toEqual([0, 0])
    expect(ok(await backend.checkTail(address)).tail).toEqual(tail)
    expect(ok(await backend.append(address, batch(['d']))).start.seqNum).toBe(3n)
  })

  test('go by when they are written, not by their timestamps', async () => {
    const { backend, address, clock } = await testStream({ stream: seconds(60) })
    const old = batch(['a'])
    ok(
      await backend.append(address, {
        ...old,
        records: old.records.map((one) => ({ ...one, timestamp: 5n })),
      }),
    )
    await clock.advance(60 * SECOND)
    expect(await bodies(backend, address)).toEqual(['a'])
    await clock.advance(LATE + REST)
    expect(await bodies(backend, address)).toEqual([])
  })

  test('stay for ever where nothing says otherwise, and nothing waits for them', async () => {
    const { backend, address, clock } = await testStream({ stream: keeping(infinite) })
    ok(await backend.append(address, batch(['a'])))
    await clock.advance(10 * 60 * SECOND)
    expect(clock.pending).toBe(0)
    expect(await bodies(backend, address)).toEqual(['a'])
  })

  test('keep the age that they were written with (CP-CFG-081)', async () => {
    const { backend, address, clock } = await testStream({ stream: seconds(2) })
    const reconfigure = async (retention: Retention) =>
      ok(await backend.reconfigureStream(address, { ...KEEP, retention }))
    ok(await backend.append(address, batch(['short'])))
    await reconfigure({ age: 86_400n })
    ok(await backend.append(address, batch(['long'])))
    await clock.advance(2 * SECOND + LATE + REST)
    expect(await bodies(backend, address)).toEqual(['long'])
    await reconfigure({ age: 1n })
    await clock.advance(86_000 * SECOND)
    expect(await bodies(backend, address)).toEqual(['long'])
    await clock.advance(400 * SECOND)
    expect(await bodies(backend, address)).toEqual([])
  })

  test('leave no hole: one that has expired waits for those before it (CMD-026)', async () => {
    const { backend, address, clock } = await testStream({ stream: seconds(100) })
    ok(await backend.append(address, batch(['long'])))
    ok(await backend.reconfigureStream(address, { ...KEEP, retention: { age: 1n } }))
    ok(await backend.append(address, batch(['short'])))
    await clock.advance(90 * SECOND)
    expect(await bodies(backend, address)).toEqual(['long', 'short'])
    await clock.advance(10 * SECOND + LATE + REST)
    expect(await bodies(backend, address)).toEqual([])
  })

  test('that were hidden behind others which are trimmed go in their turn', async () => {
    const { backend, address, clock } = await testStream({ stream: keeping(infinite) })
    await clock.advance(REST)
    ok(await backend.append(address, batch(['for ever'])))
    ok(await backend.reconfigureStream(address, { ...KEEP, retention: { age: 20n } }))
    ok(await backend.append(address, batch(['short'])))
    await clock.advance(60 * SECOND)
    ok(await backend.append(address, trim(1n)))
    expect(await bodies(backend, address)).toEqual(['for ever', 'short', expect.any(String)])
    await clock.advance(LATE)
    expect((await bodies(backend, address)).length).toBe(1)
    await clock.advance(20 * SECOND + LATE + REST)
    expect(await bodies(backend, address)).toEqual([])
  })

  test('are skipped by readers once they are gone (AUT-014, READ-016)', async () => {
    const { backend, address, clock } = await testStream({ stream: seconds(60) })
    const before = clock.now()
    ok(await backend.append(address, batch(['a', 'b'])))
    await clock.advance(30 * SECOND)
    ok(await backend.append(address, batch(['c', 'd'])))
    await clock.advance(30 * SECOND + LATE)
    for (const start of [{ seqNum: 0n }, { seqNum: 1n }, { timestamp: before }, { tailOffset: 4n }]) {
      expect(await bodies(backend, address, start)).toEqual(['c', 'd'])
    }
    expect(await bodies(backend, address, { seqNum: 3n })).toEqual(['d'])
  })

  test('go under the eyes of a follower, who goes on', async () => {
    const { backend, address, clock } = await testStream({ stream: seconds(2) })
    ok(await backend.append(address, batch(['a'])))
    const reader = await startReader(backend, address, { seqNum: 0n }, {})
    await clock.advance(60 * SECOND)
    expect(await bodies(backend, address)).toEqual([])
    ok(await backend.append(address, batch(['b'])))
    await settle()
    expect([reader.bodies(), reader.ended()]).toEqual([['a', 'b'], false])
    reader.leave()
  })

  test('go in many steps, from streams that are used and from others', async () => {
    const store = await recordingStore()
    const options = { removedAtOnce: 2 }
    const { backend, address, clock } = await testStream({ store, stream: seconds(60), options })
    const other = addressOf('test-basin', 'other')
    ok(await backend.createStream(other, { ...UNSET_STREAM_CONFIG, ...seconds(60) }, undefined))
    for (let index = 0; index < 7; index++) {
      ok(await backend.append(address, batch([`${index}`])))
      ok(await backend.append(other, batch([`${index}`])))
    }
    await clock.advance(30 * SECOND)
    ok(await backend.append(other, batch(['young'])))
    const crashed = await store.after(store.commits())
    await backend.close()
    const later = await testBackend({ store: crashed, clock, options })
    await bodies(later.backend, other)
    await clock.advance(30 * SECOND + LATE + REST)
    expect([await count(crashed, allBatches(1n)), await count(crashed, allBatches(2n))]).toEqual([0, 1])
    expect(await bodies(later.backend, other)).toEqual(['young'])
  })

  test('are there for readers until their removal is durable', async () => {
    const store = heldStore(await openMemoryStore())
    const { backend, address, clock } = await testStream({ store, stream: seconds(60) })
    ok(await backend.append(address, batch(['a'])))
    store.hold()
    await clock.advance(60 * SECOND + LATE + REST)
    expect(store.waiting()).toBeGreaterThan(0)
    expect(await bodies(backend, address)).toEqual(['a'])
    await store.release()
    await settle()
    expect(await bodies(backend, address)).toEqual([])
  })

  test('that become durable while a sweep is under way are not forgotten', async () => {
    const store = heldStore(await openMemoryStore())
    const { backend, address, clock } = await testStream({ store, stream: seconds(60) })
    ok(await backend.append(address, batch(['first'])))
    await clock.advance(60 * SECOND)
    store.hold()
    const late = backend.append(address, batch(['late']))
    await clock.advance(LATE + REST)
    await store.release()
    ok(await late)
    // The sweep had to wait for the store, and rests longer for it.
    await clock.advance(200 * SECOND)
    expect(await bodies(backend, address)).toEqual([])
    expect(await count(store, allBatches(1n))).toBe(0)
  })
})

describe('after a restart', () => {
  test('what has expired meanwhile goes', async () => {
    const store = await recordingStore()
    const { backend, address, clock } = await testStream({ store, stream: seconds(60) })
    ok(await backend.append(address, batch(['a'])))
    await clock.advance(30 * SECOND)
    ok(await backend.append(address, batch(['b'])))
    const crashed = await store.after(store.commits())
    await backend.close()
    await clock.advance(30 * SECOND + LATE)
    const later = await testBackend({ store: crashed, clock })
    expect(await bodies(later.backend, address)).toEqual(['a', 'b'])
    await clock.advance(REST)
    expect(await bodies(later.backend, address)).toEqual(['b'])
    await clock.advance(30 * SECOND)
    expect(await bodies(later.backend, address)).toEqual([])
  })

  test('nothing comes back, wherever a sweep was cut short (DUR-005)', async () => {
    const store = await recordingStore()
    const { backend, address, clock } = await testStream({
      store,
      stream: seconds(60),
      options: { removedAtOnce: 1 },
    })
    const written = ['a', 'b', 'c', 'd']
    for (const body of written) ok(await backend.append(address, batch([body])))
    const before = store.commits()
    await clock.advance(60 * SECOND + LATE + REST)
    expect(await bodies(backend, address)).toEqual([])
    expect(store.commits() - before).toBeGreaterThanOrEqual(written.length)
    const left: (readonly string[])[] = []
    for (let commits = before; commits <= store.commits(); commits++) {
      const later = await testBackend({ store: await store.after(commits), options: { removedAtOnce: 1 } })
      left.push(await bodies(later.backend, address))
      expect(ok(await later.backend.checkTail(address)).tail.seqNum).toBe(4n)
      expect(ok(await later.backend.append(address, batch(['e']))).start.seqNum).toBe(4n)
    }
    const suffixes = [0, 1, 2, 3, 4].map((from) => written.slice(from))
    expect(left.map((some) => some.join())).toEqual(
      expect.arrayContaining(suffixes.map((some) => some.join())),
    )
    expect(left).toEqual(left.toSorted((a, b) => b.length - a.length))
    for (const some of left) expect(suffixes).toContainEqual(some)
  })
})
