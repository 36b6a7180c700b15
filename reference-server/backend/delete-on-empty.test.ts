import { describe, expect, test } from 'vitest'
import { isRefusal } from '../semantics/refusal.ts'
import {
  DEFAULT_BASIN_CONFIG,
  type Retention,
  type StreamConfig,
  UNSET_STREAM_CONFIG,
} from '../semantics/resources/config.ts'
import type { StreamConfigPatch } from '../semantics/resources/config-patch.ts'
import { stateKey } from '../store/keys.ts'
import { openMemoryStore } from '../store/memory.ts'
import type { Store } from '../store/store.ts'
import { type FakeClock, settle } from '../testing/fake-clock.ts'
import { heldStore } from '../testing/held-store.ts'
import { startReader } from '../testing/reader.ts'
import { recordingStore } from '../testing/recording-store.ts'
import {
  addressOf,
  batch,
  deletingAfter,
  fence,
  ok,
  testBackend,
  testStream,
  trim,
} from '../testing/test-backend.ts'
import type { Backend, StreamAddress } from './backend.ts'

const SECOND = 1000
const GRACE = 600 * SECOND
/** Until a sweep that was wanted comes, at the latest. */
const REST = 10 * SECOND
/** A trim takes effect, and the sweep after it finds the stream empty. */
const FOUND_EMPTY = SECOND + REST

const infinite: Retention = { infinite: true }
const emptyFor = (minAge: number, retention: Retention = infinite): Partial<StreamConfig> => ({
  retention,
  deleteOnEmptyMinAge: BigInt(minAge),
})
const minAge = (seconds: number): StreamConfigPatch => ({
  storageClass: undefined,
  retention: undefined,
  timestampingMode: undefined,
  timestampingUncapped: undefined,
  deleteOnEmptyMinAge: BigInt(seconds),
})
const everything = trim(2n ** 64n - 1n)

async function made(
  config: Partial<StreamConfig>,
  given: Parameters<typeof testBackend>[0] = {},
): Promise<{ backend: Backend; address: StreamAddress; clock: FakeClock }> {
  const test = await testStream({ ...given, stream: config })
  // The first rest is over, so that a sweep comes as soon as it is wanted.
  await test.clock.advance(REST)
  return test
}

async function isThere(backend: Backend, address: StreamAddress): Promise<boolean> {
  const checked = await backend.checkTail(address)
  if (!isRefusal(checked)) return true
  expect(checked).toMatchObject({ code: expect.stringMatching(/^stream_(deletion_pending|not_found)$/) })
  return false
}

describe('a stream that was never written (CP-CFG-083, CP-CFG-084)', () => {
  test('is deleted after its minimum age and the grace, from when it was made', async () => {
    const { backend, address, clock } = await made(emptyFor(20))
    await clock.advance(20 * SECOND + GRACE - REST - 1)
    expect(await isThere(backend, address)).toBe(true)
    await clock.advance(1)
    expect(await isThere(backend, address)).toBe(false)
    await clock.advance(5 * SECOND)
    expect(await backend.checkTail(address)).toMatchObject({ code: 'stream_not_found' })
    await clock.advance(600 * SECOND)
    expect(clock.pending).toBe(0)
  })

  test('is not deleted before the retention of a record would be over', async () => {
    const { backend, address, clock } = await made(emptyFor(20, { age: 3600n }))
    await clock.advance(3600 * SECOND + 20 * SECOND + GRACE - REST - 1)
    expect(await isThere(backend, address)).toBe(true)
    await clock.advance(1)
    expect(await isThere(backend, address)).toBe(false)
  })

  test('stays where it is not switched on', async () => {
    const { backend, address, clock } = await made({ retention: infinite })
    await clock.advance(30 * 86_400 * SECOND)
    expect([clock.pending, await isThere(backend, address)]).toEqual([0, true])
  })

  test('is deleted without a grace, by a server that wants none', async () => {
    const { backend, address, clock } = await made(emptyFor(20), { options: { deleteOnEmptyGrace: 0 } })
    await clock.advance(20 * SECOND - REST)
    expect(await isThere(backend, address)).toBe(false)
  })

  test('is deleted by a setting that comes from its basin, too', async () => {
    const { backend, address, clock } = await made({ retention: infinite })
    const defaultStreamConfig = { ...UNSET_STREAM_CONFIG, ...emptyFor(20) }
    const config = { ...DEFAULT_BASIN_CONFIG, defaultStreamConfig, createStreamOnRead: true }
    ok(await backend.ensureBasin(address.basin, config))
    const used = addressOf(address.basin, 'used')
    ok(await backend.checkTail(used))
    ok(await backend.ensureBasin(address.basin, { ...config, createStreamOnRead: false }))
    await clock.advance(20 * SECOND + GRACE)
    expect([await isThere(backend, address), await isThere(backend, used)]).toEqual([true, false])
  })
})

describe('a stream that was written', () => {
  test('stays as long as it holds a record, if only a command (AUT-017)', async () => {
    for (const held of [batch(['a']), fence('mine')]) {
      const { backend, address, clock } = await made(emptyFor(1))
      ok(await backend.append(address, held))
      await clock.advance(10 * GRACE)
      expect(await isThere(backend, address)).toBe(true)
    }
  })

  test('is deleted when a trim has left it empty for long enough (CP-CFG-084)', async () => {
    const { backend, address, clock } = await made(emptyFor(20))
    ok(await backend.append(address, batch(['a'])))
    await clock.advance(5 * GRACE)
    ok(await backend.append(address, everything))
    await clock.advance(20 * SECOND + GRACE)
    expect(await isThere(backend, address)).toBe(true)
    await clock.advance(FOUND_EMPTY)
    expect(await isThere(backend, address)).toBe(false)
  })

  test('is deleted when its records have expired, and it has been empty for long enough', async () => {
    const { backend, address, clock } = await made(emptyFor(20, { age: 60n }))
    ok(await backend.append(address, batch(['a'])))
    await clock.advance(60 * SECOND + 20 * SECOND + GRACE)
    expect(await isThere(backend, address)).toBe(true)
    await clock.advance(FOUND_EMPTY)
    expect(await isThere(backend, address)).toBe(false)
  })

  test('begins anew with every record', async () => {
    const { backend, address, clock } = await made(emptyFor(20))
    for (let round = 0; round < 3; round++) {
      ok(await backend.append(address, everything))
      await clock.advance(FOUND_EMPTY + GRACE)
      expect(await isThere(backend, address)).toBe(true)
    }
    await clock.advance(20 * SECOND)
    expect(await isThere(backend, address)).toBe(false)
  })

  test('has not been empty since before its last record, whenever that came', async () => {
    const memory = await openMemoryStore()
    let meanwhile: (() => Promise<unknown>) | undefined
    const store: Store = {
      ...memory,
      async get(key) {
        const task = Buffer.from(key).equals(Buffer.from(stateKey(1n))) ? meanwhile : undefined
        meanwhile = undefined
        await task?.()
        return await memory.get(key)
      },
    }
    const { backend, address, clock } = await made(emptyFor(20, { age: 300n }), { store })
    ok(await backend.append(address, everything))
    // Between the look at its records and the look at its tail.
    meanwhile = async () => ok(await backend.append(address, batch(['a'])))
    await clock.advance(FOUND_EMPTY)
    expect(meanwhile).toBeUndefined()
    await clock.advance(300 * SECOND + GRACE)
    expect(await isThere(backend, address)).toBe(true)
    await clock.advance(FOUND_EMPTY + 20 * SECOND)
    expect(await isThere(backend, address)).toBe(false)
  })

  test('stays if it is written while it is about to be deleted', async () => {
    const store = heldStore(await openMemoryStore())
    const { backend, address, clock } = await made(emptyFor(20), { store })
    ok(await backend.append(address, everything))
    await clock.advance(FOUND_EMPTY + GRACE)
    store.hold()
    const written = backend.append(address, batch(['a']))
    await clock.advance(60 * SECOND)
    await store.release()
    ok(await written)
    await clock.advance(10 * GRACE)
    expect(await isThere(backend, address)).toBe(true)
  })
})

describe('a setting that changes takes back what was due (CP-CFG-086)', () => {
  test.each([
    ['never written', undefined],
    ['trimmed', everything],
  ])('of a stream that was %s', async (_what, written) => {
    const of = async () => {
      const stream = await made(emptyFor(20))
      if (written !== undefined) ok(await stream.backend.append(stream.address, written))
      await stream.clock.advance(GRACE)
      const change = async (seconds: number) =>
        ok(await stream.backend.reconfigureStream(stream.address, minAge(seconds)))
      return { ...stream, change }
    }
    const disabled = await of()
    await disabled.change(0)
    await disabled.clock.advance(10 * GRACE)
    expect(await isThere(disabled.backend, disabled.address)).toBe(true)

    await disabled.change(20)
    await disabled.clock.advance(GRACE + 20 * SECOND - 1)
    expect(await isThere(disabled.backend, disabled.address)).toBe(true)
    await disabled.clock.advance(2 * REST)
    expect(await isThere(disabled.backend, disabled.address)).toBe(false)

    const raised = await of()
    await raised.change(86_400)
    await raised.clock.advance(86_400 * SECOND - FOUND_EMPTY)
    expect(await isThere(raised.backend, raised.address)).toBe(true)
    await raised.clock.advance(2 * FOUND_EMPTY)
    expect(await isThere(raised.backend, raised.address)).toBe(false)

    const lowered = await of()
    await lowered.change(1)
    await lowered.clock.advance(FOUND_EMPTY + SECOND)
    expect(await isThere(lowered.backend, lowered.address)).toBe(false)
  })

  test('even where the change is not durable yet when the stream is found due', async () => {
    const store = heldStore(await openMemoryStore())
    const { backend, address, clock } = await made(emptyFor(20), { store })
    store.hold()
    const changed = backend.reconfigureStream(address, minAge(0))
    await clock.advance(2 * GRACE)
    await store.release()
    ok(await changed)
    await settle()
    expect(await isThere(backend, address)).toBe(true)
  })

  test('switched off and on again between two sweeps, it begins anew', async () => {
    const { backend, address, clock } = await made(emptyFor(20))
    ok(await backend.append(address, everything))
    await clock.advance(FOUND_EMPTY + GRACE)
    ok(await backend.reconfigureStream(address, minAge(0)))
    ok(await backend.reconfigureStream(address, minAge(20)))
    await clock.advance(GRACE)
    expect(await isThere(backend, address)).toBe(true)
    await clock.advance(20 * SECOND)
    expect(await isThere(backend, address)).toBe(false)
  })
})

describe('the deletion', () => {
  test('is one like any other: pending for a while, told to readers, and the name is free after it', async () => {
    const { backend, address, clock } = await made(emptyFor(20), {
      rules: { flavor: deletingAfter(5 * SECOND) },
    })
    const reader = await startReader(backend, address, {}, {})
    const session = ok(await backend.openAppendSession(address))
    await clock.advance(20 * SECOND + GRACE - REST)
    const pending = { refusal: 'error', code: 'stream_deletion_pending' }
    expect(await backend.append(address, batch(['a']))).toMatchObject(pending)
    expect(await session.submit(batch(['a']))).toMatchObject(pending)
    expect(reader.outputs.at(-1)).toMatchObject({ kind: 'refused', refusal: pending })
    const { items } = ok(await backend.listStreams(address.basin, { prefix: '', startAfter: '', limit: 9n }))
    expect(items.map(({ deletedAt }) => deletedAt)).toEqual([clock.now()])
    await clock.advance(5 * SECOND)
    ok(await backend.createStream(address, { ...UNSET_STREAM_CONFIG, ...emptyFor(20) }, undefined))
    await clock.advance(20 * SECOND + GRACE - 1)
    expect(await isThere(backend, address)).toBe(true)
    await clock.advance(REST)
    expect(await isThere(backend, address)).toBe(false)
  })

  test('leaves nothing in the store', async () => {
    const store = await openMemoryStore()
    const { backend, address, clock } = await made(emptyFor(20), { store })
    const before = await keys(store)
    ok(await backend.append(address, everything))
    await clock.advance(FOUND_EMPTY + 20 * SECOND + GRACE + REST)
    expect(await isThere(backend, address)).toBe(false)
    const usage = (key: string): boolean => key.startsWith('20')
    const after = (await keys(store)).filter((key) => !usage(key))
    // The stream is gone, and with it what was noted of it.
    expect(after.length).toBe(before.filter((key) => !usage(key)).length - 1)
  })
})

describe('after a restart', () => {
  test('a stream has been empty for as long as before', async () => {
    const store = await recordingStore()
    const first = await made(emptyFor(20), { store })
    ok(await first.backend.append(first.address, everything))
    await first.clock.advance(FOUND_EMPTY + GRACE)
    const crashed = await store.after(store.commits())
    await first.backend.close()
    const { backend } = await testBackend({ store: crashed, clock: first.clock })
    await first.clock.advance(REST)
    expect(await isThere(backend, first.address)).toBe(true)
    await first.clock.advance(REST)
    expect(await isThere(backend, first.address)).toBe(false)
  })

  test('one that became due meanwhile is deleted, and one that is being deleted goes on', async () => {
    const store = await recordingStore()
    const first = await made(emptyFor(20), { store })
    const crashed = await store.after(store.commits())
    await first.backend.close()
    await first.clock.advance(10 * GRACE)
    const { backend } = await testBackend({ store: crashed, clock: first.clock })
    expect(await isThere(backend, first.address)).toBe(true)
    await first.clock.advance(REST)
    await settle()
    expect(await isThere(backend, first.address)).toBe(false)
  })
})

async function keys(store: Store): Promise<readonly string[]> {
  const found: string[] = []
  for await (const { key } of store.range({ from: Uint8Array.of(0), to: Uint8Array.of(255) })) {
    found.push(Buffer.from(key).toString('hex'))
  }
  return found
}
