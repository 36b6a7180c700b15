import { describe, expect, test } from 'vitest'
import type { ListRequest } from '../semantics/access/listing.ts'
import { DEFAULT_BASIN_CONFIG, UNSET_STREAM_CONFIG } from '../semantics/resources/config.ts'
import { nextStreamIdKey } from '../store/keys.ts'
import { openMemoryStore } from '../store/memory.ts'
import type { Store } from '../store/store.ts'
import { settle } from '../testing/fake-clock.ts'
import { heldStore } from '../testing/held-store.ts'
import { watch } from '../testing/outcomes.ts'
import { startReader } from '../testing/reader.ts'
import {
  addressOf,
  basinName,
  batch,
  fence,
  ok,
  readAll,
  testBackend,
  testStream,
} from '../testing/test-backend.ts'

const EVERYTHING: ListRequest = { prefix: '', startAfter: '', limit: undefined }
const NO_CHANGE = UNSET_STREAM_CONFIG
const code = (code: string) => expect.objectContaining({ refusal: 'error', code })

/** Keys of everything stored, but the counter of streams. */
async function contents(store: Store): Promise<readonly Uint8Array[]> {
  const keys: Uint8Array[] = []
  for await (const { key } of store.range({ from: Uint8Array.of(0), to: Uint8Array.of(255) })) keys.push(key)
  return keys.filter((key) => key[0] !== nextStreamIdKey[0])
}

describe('a stream that is being deleted', () => {
  test('answers so to all but another DELETE, then is gone (CP-STR-070 to CP-STR-073)', async () => {
    const { backend, address, clock } = await testStream()
    ok(await backend.append(address, batch(['a'])))
    expect(await backend.deleteStream(address)).toBeUndefined()
    const deletedAt = clock.now()
    const pending = code('stream_deletion_pending')
    await clock.advance(100)
    expect(await backend.deleteStream(address)).toBeUndefined()
    expect(await backend.append(address, batch(['b']))).toEqual(pending)
    expect(await backend.openAppendSession(address)).toEqual(pending)
    expect(await backend.checkTail(address)).toEqual(pending)
    expect(await backend.openRead(address, {}, {}, new AbortController().signal)).toEqual(pending)
    expect(await backend.getStreamConfig(address)).toEqual(pending)
    expect(await backend.reconfigureStream(address, NO_CHANGE)).toEqual(pending)
    expect(await backend.createStream(address, UNSET_STREAM_CONFIG, undefined)).toEqual(pending)
    expect(await backend.ensureStream(address, UNSET_STREAM_CONFIG)).toEqual(pending)
    expect(ok(await backend.listStreams(address.basin, EVERYTHING)).items).toMatchObject([{ deletedAt }])
    await clock.advance(399)
    expect(await backend.checkTail(address)).toEqual(pending)
    await clock.advance(1)
    expect(await backend.checkTail(address)).toEqual(code('stream_not_found'))
    expect(await backend.deleteStream(address)).toEqual(code('stream_not_found'))
    expect(ok(await backend.listStreams(address.basin, EVERYTHING)).items).toEqual([])
  })

  test('leaves nothing, and its successor begins anew (AUT-010, AUT-022, CP-STR-074)', async () => {
    const { backend, address, clock, store } = await testStream()
    const before = await contents(store)
    ok(await backend.append(address, batch(['a', 'b'])))
    ok(await backend.append(address, fence('token')))
    expect(await backend.deleteStream(address)).toBeUndefined()
    await clock.advance(500)
    expect((await contents(store)).length).toBe(before.length - 1)
    ok(await backend.createStream(address, UNSET_STREAM_CONFIG, undefined))
    expect(ok(await backend.checkTail(address)).tail).toEqual({ seqNum: 0n, timestamp: 0n })
    ok(await backend.append(address, batch(['new'], { matchSeqNum: 0n, fencingToken: '' })))
    await clock.advance(300_000)
    expect((await readAll(backend, address, { seqNum: 0n }, { wait: 0 })).records.length).toBe(1)
  })

  test('lets go of its followers and sessions with a refusal (AUT-011, CP-STR-077)', async () => {
    const { backend, address, clock } = await testStream()
    const reader = await startReader(backend, address, {}, {})
    const session = ok(await backend.openAppendSession(address))
    ok(await session.submit(batch(['a'])))
    await backend.deleteStream(address)
    await settle()
    expect(reader.outputs.at(-1)).toEqual({ kind: 'refused', refusal: code('stream_deletion_pending') })
    expect(reader.ended()).toBe(true)
    await clock.advance(500)
    ok(await backend.createStream(address, UNSET_STREAM_CONFIG, undefined))
    expect(await session.submit(batch(['b']))).toEqual(code('stream_deletion_pending'))
    expect(ok(await backend.checkTail(address)).tail.seqNum).toBe(0n)
  })

  test('is so for others once it is durable, and shut at once (APP-063)', async () => {
    const store = heldStore(await openMemoryStore())
    const { backend, address } = await testStream({ store })
    const reader = await startReader(backend, address, {}, {})
    store.hold()
    const earlier = watch(backend.append(address, batch(['a'])))
    const deletion = watch(backend.deleteStream(address))
    await settle()
    const later = watch(backend.append(address, batch(['b'])))
    const tail = watch(backend.checkTail(address))
    await settle()
    expect([earlier, deletion, later, tail].map(({ settled }) => settled)).toEqual([
      false,
      false,
      false,
      false,
    ])
    expect(reader.ended()).toBe(false)
    await store.release()
    await settle()
    expect(earlier.outcome).toMatchObject({ end: { seqNum: 1n } })
    expect(deletion).toEqual({ settled: true, outcome: undefined })
    expect([later.outcome, tail.outcome]).toEqual(Array(2).fill(code('stream_deletion_pending')))
    expect(reader.ended()).toBe(true)
  })

  test('leaves streams alone whose names begin with its own (CP-STR-076)', async () => {
    const { backend, address, clock } = await testStream()
    const sibling = addressOf(address.basin, 'stream-2')
    ok(await backend.createStream(sibling, UNSET_STREAM_CONFIG, undefined))
    ok(await backend.append(sibling, batch(['a'])))
    await backend.deleteStream(address)
    await clock.advance(500)
    expect((await readAll(backend, sibling, { seqNum: 0n }, { wait: 0 })).records.length).toBe(1)
  })

  test('goes on being deleted after a restart (DUR-014)', async () => {
    const store = await openMemoryStore()
    const { backend, address } = await testStream({ store })
    for (let index = 0; index < 5; index++) ok(await backend.append(address, batch(['a', 'b', 'c'])))
    await backend.deleteStream(address)
    const after = await testBackend({ store, options: { removedAtOnce: 4 } })
    expect(await after.backend.checkTail(address)).toEqual(code('stream_deletion_pending'))
    await after.clock.advance(500)
    expect(await after.backend.checkTail(address)).toEqual(code('stream_not_found'))
    expect((await contents(store)).length).toBe(1)
  })
})

describe('a basin that is being deleted', () => {
  test('takes no new streams, keeps answering, then is gone with all in it (CP-BAS-080 to CP-BAS-085)', async () => {
    const { backend, address, clock, store } = await testStream()
    const { basin } = address
    ok(await backend.append(address, batch(['a'])))
    expect(await backend.deleteBasin(basin)).toBeUndefined()
    const deletedAt = clock.now()
    const pending = code('basin_deletion_pending')
    await clock.advance(100)
    expect(await backend.deleteBasin(basin)).toBeUndefined()
    expect(await backend.createBasin(basin, DEFAULT_BASIN_CONFIG, undefined)).toEqual(pending)
    expect(await backend.ensureBasin(basin, DEFAULT_BASIN_CONFIG)).toEqual(pending)
    const patch = {
      defaultStreamConfig: NO_CHANGE,
      streamCipher: undefined,
      createStreamOnAppend: undefined,
      createStreamOnRead: undefined,
    }
    expect(await backend.reconfigureBasin(basin, patch)).toEqual(pending)
    expect(await backend.createStream(addressOf(basin, 'new'), UNSET_STREAM_CONFIG, undefined)).toEqual(
      pending,
    )
    expect(await backend.ensureStream(address, UNSET_STREAM_CONFIG)).toEqual(pending)
    expect(await backend.reconfigureStream(address, NO_CHANGE)).toEqual(pending)
    expect(await backend.getBasinConfig(basin)).toEqual(DEFAULT_BASIN_CONFIG)
    ok(await backend.getStreamConfig(address))
    ok(await backend.append(address, batch(['b'])))
    expect((await backend.listBasins(EVERYTHING)).items).toMatchObject([{ name: basin, deletedAt }])
    await clock.advance(400)
    expect(await backend.getBasinConfig(basin)).toEqual(code('basin_not_found'))
    expect(await backend.deleteBasin(basin)).toEqual(code('basin_not_found'))
    expect(await backend.checkTail(address)).toEqual(code('basin_not_found'))
    expect(await contents(store)).toEqual([])
    ok(await backend.createBasin(basin, DEFAULT_BASIN_CONFIG, undefined))
    expect(ok(await backend.listStreams(basin, EVERYTHING)).items).toEqual([])
  })

  test('leaves a successor alone, however late the deletion of a stream in it comes', async () => {
    const { backend, address, clock, store } = await testStream()
    await backend.deleteBasin(address.basin)
    await clock.advance(400)
    await backend.deleteStream(address)
    await clock.advance(100)
    ok(await backend.createBasin(address.basin, DEFAULT_BASIN_CONFIG, undefined))
    ok(await backend.createStream(address, UNSET_STREAM_CONFIG, undefined))
    ok(await backend.append(address, batch(['new'])))
    await clock.advance(1000)
    const after = await testBackend({ store })
    expect((await readAll(after.backend, address, { seqNum: 0n }, { wait: 0 })).records.length).toBe(1)
  })

  test('refuses to make streams on use (CP-BAS-084)', async () => {
    const { backend } = await testBackend()
    const basin = basinName('some-basin')
    const config = { ...DEFAULT_BASIN_CONFIG, createStreamOnAppend: true, createStreamOnRead: true }
    ok(await backend.createBasin(basin, config, undefined))
    await backend.deleteBasin(basin)
    const address = addressOf(basin, 'stream')
    expect(await backend.append(address, batch(['a']))).toEqual(code('basin_deletion_pending'))
    expect(await backend.checkTail(address)).toEqual(code('basin_deletion_pending'))
  })

  test('takes all its streams, and those being deleted already, with it (CP-BAS-086)', async () => {
    const { backend, clock, store } = await testBackend()
    const basin = basinName('some-basin')
    ok(await backend.createBasin(basin, DEFAULT_BASIN_CONFIG, undefined))
    for (let index = 0; index < 150; index++) {
      ok(await backend.createStream(addressOf(basin, `s${index}`), UNSET_STREAM_CONFIG, undefined))
    }
    await backend.deleteStream(addressOf(basin, 's7'))
    await backend.deleteBasin(basin)
    await clock.advance(500)
    expect(await contents(store)).toEqual([])
  })

  test('lets no stream slip in that is being made at that moment', async () => {
    const store = heldStore(await openMemoryStore())
    const { backend, clock } = await testBackend({ store })
    const basin = basinName('some-basin')
    ok(await backend.createBasin(basin, DEFAULT_BASIN_CONFIG, undefined))
    store.hold()
    const early = watch(backend.createStream(addressOf(basin, 'early'), UNSET_STREAM_CONFIG, undefined))
    await settle()
    const deletion = watch(backend.deleteBasin(basin))
    await settle()
    const late = watch(backend.createStream(addressOf(basin, 'late'), UNSET_STREAM_CONFIG, undefined))
    await settle()
    expect([early, deletion, late].map(({ settled }) => settled)).toEqual([false, false, false])
    await store.release()
    await settle()
    expect(early.outcome).toMatchObject({ result: 'created' })
    expect(late.outcome).toEqual(code('basin_deletion_pending'))
    await clock.advance(500)
    expect(await contents(store)).toEqual([])
  })

  test('goes on being deleted after a restart (DUR-014)', async () => {
    const store = await openMemoryStore()
    const { backend, address } = await testStream({ store })
    ok(await backend.append(address, batch(['a'])))
    await backend.deleteBasin(address.basin)
    const after = await testBackend({ store })
    expect(await after.backend.createBasin(address.basin, DEFAULT_BASIN_CONFIG, undefined)).toEqual(
      code('basin_deletion_pending'),
    )
    await after.clock.advance(500)
    expect(await contents(store)).toEqual([])
  })
})

test('a DELETE that the store did not keep is not told by the next one either (DUR-001)', async () => {
  const store = heldStore(await openMemoryStore())
  const { backend, address } = await testStream({ store })
  store.hold()
  const deletions = [backend.deleteStream(address), backend.deleteBasin(address.basin)]
  await settle()
  store.fail()
  expect(await Promise.all(deletions)).toEqual([code('storage'), code('storage')])
  expect(await backend.deleteStream(address)).toEqual(code('storage'))
  expect(await backend.deleteBasin(address.basin)).toEqual(code('storage'))
})

test('what was made is not deleted before that, also where the clock was set back (CP-BAS-083)', async () => {
  const { backend, address, clock } = await testStream()
  const createdAt = clock.now()
  clock.jump(-5000n)
  await backend.deleteStream(address)
  await backend.deleteBasin(address.basin)
  const { items: streams } = ok(await backend.listStreams(address.basin, EVERYTHING))
  const { items: basins } = await backend.listBasins(EVERYTHING)
  expect([...streams, ...basins].map(({ deletedAt }) => deletedAt)).toEqual([createdAt, createdAt])
})
