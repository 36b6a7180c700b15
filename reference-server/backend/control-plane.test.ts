import { beforeEach, describe, expect, test } from 'vitest'
import type { ListRequest } from '../semantics/access/listing.ts'
import {
  type BasinConfig,
  DEFAULT_BASIN_CONFIG,
  type StreamConfig,
  SYSTEM_STREAM_CONFIG,
  UNSET_STREAM_CONFIG,
} from '../semantics/resources/config.ts'
import type { BasinConfigPatch, StreamConfigPatch } from '../semantics/resources/config-patch.ts'
import { openMemoryStore } from '../store/memory.ts'
import { settle } from '../testing/fake-clock.ts'
import { heldStore } from '../testing/held-store.ts'
import { watch } from '../testing/outcomes.ts'
import { addressOf, basinName, batch, ok, type TestBackend, testBackend } from '../testing/test-backend.ts'

const NAME = basinName('some-basin')
const STREAM = addressOf('some-basin', 'stream')
const EVERYTHING: ListRequest = { prefix: '', startAfter: '', limit: undefined }
const NO_CHANGE: StreamConfigPatch = UNSET_STREAM_CONFIG

const code = (code: string) => expect.objectContaining({ refusal: 'error', code })
const basinConfig = (config: Partial<BasinConfig>): BasinConfig => ({ ...DEFAULT_BASIN_CONFIG, ...config })
const streamConfig = (config: Partial<StreamConfig>): StreamConfig => ({ ...UNSET_STREAM_CONFIG, ...config })
const basinPatch = (patch: Partial<BasinConfigPatch>): BasinConfigPatch => ({
  defaultStreamConfig: NO_CHANGE,
  streamCipher: undefined,
  createStreamOnAppend: undefined,
  createStreamOnRead: undefined,
  ...patch,
})
const AGE_0 = streamConfig({ retention: { age: 0n } })
const AGE_1H = streamConfig({ retention: { age: 3600n } })

let backend: TestBackend['backend']
let clock: TestBackend['clock']

beforeEach(async () => {
  const made = await testBackend()
  backend = made.backend
  clock = made.clock
})

describe('a basin', () => {
  test('is created once; a token makes the same request a noop (CP-BAS-033 to CP-BAS-038)', async () => {
    const config = basinConfig({ createStreamOnAppend: true })
    const made = ok(await backend.createBasin(NAME, config, 'token'))
    expect(made).toEqual({
      result: 'created',
      info: { name: NAME, createdAt: clock.now(), deletedAt: undefined },
    })
    await clock.advance(10)
    ok(await backend.ensureBasin(NAME, DEFAULT_BASIN_CONFIG))
    expect(await backend.createBasin(NAME, config, 'token')).toEqual({ ...made, result: 'noop' })
    expect(await backend.createBasin(NAME, config, 'other')).toEqual(code('resource_already_exists'))
    expect(await backend.createBasin(NAME, config, undefined)).toEqual(code('resource_already_exists'))
    expect(await backend.createBasin(NAME, DEFAULT_BASIN_CONFIG, 'token')).toEqual(
      code('resource_already_exists'),
    )
    expect(await backend.getBasinConfig(NAME)).toEqual(DEFAULT_BASIN_CONFIG)
  })

  test('is replaced by an ensure (CP-BAS-050 to CP-BAS-053)', async () => {
    const config = basinConfig({ createStreamOnAppend: true, defaultStreamConfig: AGE_1H })
    expect(ok(await backend.ensureBasin(NAME, config)).result).toBe('created')
    expect(ok(await backend.ensureBasin(NAME, config)).result).toBe('noop')
    expect(ok(await backend.ensureBasin(NAME, DEFAULT_BASIN_CONFIG)).result).toBe('updated')
    expect(await backend.getBasinConfig(NAME)).toEqual(DEFAULT_BASIN_CONFIG)
    expect(await backend.createBasin(NAME, config, 'token')).toEqual(code('resource_already_exists'))
  })

  test('is patched leaf by leaf (CP-BAS-070, CP-BAS-071)', async () => {
    ok(await backend.createBasin(NAME, basinConfig({ defaultStreamConfig: AGE_1H }), undefined))
    const changed = await backend.reconfigureBasin(NAME, basinPatch({ createStreamOnRead: true }))
    expect(changed).toEqual(basinConfig({ defaultStreamConfig: AGE_1H, createStreamOnRead: true }))
    expect(await backend.getBasinConfig(NAME)).toEqual(changed)
    expect(await backend.reconfigureBasin(basinName('no-such-basin'), basinPatch({}))).toEqual(
      code('basin_not_found'),
    )
  })

  test('with a retention age of 0 is refused, and nothing changes (CP-BAS-041, CP-BAS-058, CP-BAS-074)', async () => {
    const bad = basinConfig({ defaultStreamConfig: AGE_0 })
    expect(await backend.createBasin(NAME, bad, undefined)).toEqual(code('invalid'))
    expect(await backend.ensureBasin(NAME, bad)).toEqual(code('invalid'))
    expect(await backend.reconfigureBasin(NAME, basinPatch({ defaultStreamConfig: AGE_0 }))).toEqual(
      code('invalid'),
    )
    expect((await backend.listBasins(EVERYTHING)).items).toEqual([])
  })

  test('that two create at once is created once (CP-BAS-040)', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => backend.createBasin(NAME, DEFAULT_BASIN_CONFIG, undefined)),
    )
    expect(outcomes[0]).toMatchObject({ result: 'created' })
    for (const outcome of outcomes.slice(1)) expect(outcome).toEqual(code('resource_already_exists'))
  })

  test('is listed in byte order, page by page (CP-BAS-010 to CP-BAS-017)', async () => {
    const names = ['b-00000', 'b0-0000', 'a-basin-1', 'a-basin-2', 'c-basin'].map((name) => `${name}-x`)
    for (const name of names) ok(await backend.createBasin(basinName(name), DEFAULT_BASIN_CONFIG, undefined))
    const list = async (request: Partial<ListRequest>) => {
      const { items, hasMore } = await backend.listBasins({ ...EVERYTHING, ...request })
      return [items.map(({ name }) => name), hasMore]
    }
    expect(await list({})).toEqual([names.toSorted(), false])
    expect(await list({ prefix: 'a-', limit: 1n })).toEqual([['a-basin-1-x'], true])
    expect(await list({ prefix: 'a-', limit: 1n, startAfter: 'a-basin-1-x' })).toEqual([
      ['a-basin-2-x'],
      false,
    ])
  })
})

describe('a stream', () => {
  beforeEach(async () => {
    ok(await backend.createBasin(NAME, basinConfig({ defaultStreamConfig: AGE_1H }), undefined))
  })

  test('is created once, with what it inherits (CP-STR-022 to CP-STR-028)', async () => {
    const config = streamConfig({ timestampingMode: 'arrival' })
    const made = ok(await backend.createStream(STREAM, config, 'token'))
    expect(made.info).toEqual({
      name: 'stream',
      createdAt: clock.now(),
      deletedAt: undefined,
      cipher: undefined,
    })
    const effective = { ...SYSTEM_STREAM_CONFIG, retention: { age: 3600n }, timestampingMode: 'arrival' }
    expect(await backend.getStreamConfig(STREAM)).toEqual(effective)
    ok(await backend.ensureBasin(NAME, DEFAULT_BASIN_CONFIG))
    expect(await backend.createStream(STREAM, config, 'token')).toEqual({ ...made, result: 'noop' })
    expect(await backend.createStream(STREAM, config, undefined)).toEqual(code('resource_already_exists'))
    expect(await backend.getStreamConfig(STREAM)).toEqual(effective)
  })

  test('takes the cipher of its basin when it is made (CP-CFG-050)', async () => {
    ok(await backend.reconfigureBasin(NAME, basinPatch({ streamCipher: 'aegis-256' })))
    expect(ok(await backend.createStream(STREAM, UNSET_STREAM_CONFIG, undefined)).info.cipher).toBe(
      'aegis-256',
    )
    ok(await backend.reconfigureBasin(NAME, basinPatch({ streamCipher: null })))
    expect(ok(await backend.ensureStream(STREAM, AGE_1H)).info.cipher).toBe('aegis-256')
  })

  test('is replaced by an ensure, and compared as it is in force (CP-STR-041 to CP-STR-045)', async () => {
    expect(ok(await backend.ensureStream(STREAM, UNSET_STREAM_CONFIG)).result).toBe('created')
    ok(await backend.append(STREAM, batch(['a'])))
    expect(ok(await backend.ensureStream(STREAM, AGE_1H)).result).toBe('noop')
    ok(await backend.ensureBasin(NAME, DEFAULT_BASIN_CONFIG))
    expect(ok(await backend.ensureStream(STREAM, UNSET_STREAM_CONFIG)).result).toBe('updated')
    expect(await backend.getStreamConfig(STREAM)).toEqual(SYSTEM_STREAM_CONFIG)
    expect(ok(await backend.checkTail(STREAM)).tail.seqNum).toBe(1n)
  })

  test('is patched; a cleared leaf falls to what the basin has now (CP-STR-060, CP-STR-061)', async () => {
    ok(await backend.createStream(STREAM, streamConfig({ retention: { age: 7n } }), undefined))
    const cleared = { ...NO_CHANGE, retention: null }
    expect(await backend.reconfigureStream(STREAM, cleared)).toMatchObject({ retention: { age: 3600n } })
    const bad = { ...NO_CHANGE, retention: { age: 0n } }
    expect(await backend.reconfigureStream(STREAM, bad)).toEqual(code('invalid'))
    expect(await backend.getStreamConfig(STREAM)).toMatchObject({ retention: { age: 3600n } })
  })

  test('with a retention age of 0 is refused, and not made (CP-STR-029)', async () => {
    expect(await backend.createStream(STREAM, AGE_0, undefined)).toEqual(code('invalid'))
    expect(await backend.ensureStream(STREAM, AGE_0)).toEqual(code('invalid'))
    expect(await backend.getStreamConfig(STREAM)).toEqual(code('stream_not_found'))
  })

  test('is listed in the byte order of UTF-8, in its basin only (CP-STR-010, CP-STR-011)', async () => {
    const longer = basinName('some-basin2')
    ok(await backend.createBasin(longer, DEFAULT_BASIN_CONFIG, undefined))
    ok(await backend.createStream(addressOf(longer, 'elsewhere'), UNSET_STREAM_CONFIG, undefined))
    const names = ['a', 'a/b', 'b', '\ufb00', '\u{1f980}']
    for (const name of names.toReversed()) {
      ok(await backend.createStream(addressOf(NAME, name), UNSET_STREAM_CONFIG, undefined))
    }
    const list = async (request: Partial<ListRequest>) => {
      const { items, hasMore } = ok(await backend.listStreams(NAME, { ...EVERYTHING, ...request }))
      return [items.map(({ name }) => name), hasMore]
    }
    expect(await list({})).toEqual([names, false])
    expect(await list({ limit: 5n })).toEqual([names, false])
    expect(await list({ limit: 4n })).toEqual([names.slice(0, 4), true])
    const unnamed = ['a/b', 'b']
    expect(await list({ limit: 1n, startAfter: 'a', unnamed })).toEqual([names.slice(3, 4), true])
    expect(await list({ limit: 2n, startAfter: 'a', unnamed })).toEqual([names.slice(3), false])
    expect(await list({ startAfter: 'a/' })).toEqual([names.slice(1), false])
    expect(await list({ prefix: 'a', startAfter: 'a' })).toEqual([['a/b'], false])
    expect(await list({ prefix: 'b', startAfter: 'a' })).toEqual([['b'], false])
    expect(await list({ prefix: 'a', startAfter: 'b' })).toEqual([[], false])
  })

  test('of a basin that is missing (CP-ERR-008, CP-STR-013)', async () => {
    const nowhere = addressOf('no-such-basin', 'stream')
    expect(await backend.listStreams(nowhere.basin, EVERYTHING)).toEqual(code('basin_not_found'))
    expect(await backend.getStreamConfig(nowhere)).toEqual(code('stream_not_found'))
    expect(await backend.deleteStream(nowhere)).toEqual(code('stream_not_found'))
    expect(await backend.createStream(nowhere, UNSET_STREAM_CONFIG, undefined)).toEqual(
      code('basin_not_found'),
    )
    expect(await backend.ensureStream(nowhere, UNSET_STREAM_CONFIG)).toEqual(code('basin_not_found'))
    expect(await backend.reconfigureStream(nowhere, NO_CHANGE)).toEqual(code('basin_not_found'))
    expect(await backend.append(nowhere, batch(['a']))).toEqual(code('basin_not_found'))
    expect(await backend.checkTail(nowhere)).toEqual(code('basin_not_found'))
  })

  test('that is missing (CP-ERR-008)', async () => {
    expect(await backend.getStreamConfig(STREAM)).toEqual(code('stream_not_found'))
    expect(await backend.deleteStream(STREAM)).toEqual(code('stream_not_found'))
    expect(await backend.reconfigureStream(STREAM, NO_CHANGE)).toEqual(code('stream_not_found'))
    expect(await backend.append(STREAM, batch(['a']))).toEqual(code('stream_not_found'))
    expect(await backend.openAppendSession(STREAM)).toEqual(code('stream_not_found'))
    expect(await backend.checkTail(STREAM)).toEqual(code('stream_not_found'))
    expect(await backend.openRead(STREAM, {}, {}, new AbortController().signal)).toEqual(
      code('stream_not_found'),
    )
    expect(ok(await backend.listStreams(NAME, EVERYTHING)).items).toEqual([])
  })
})

describe('a data operation on a stream that is missing', () => {
  const read = () => backend.openRead(STREAM, { seqNum: 0n }, { count: 1n }, new AbortController().signal)

  test('makes it where the basin says so, each flag for its own (AUT-001 to AUT-004, TAIL-009)', async () => {
    ok(await backend.createBasin(NAME, basinConfig({ createStreamOnAppend: true }), undefined))
    expect(await backend.checkTail(STREAM)).toEqual(code('stream_not_found'))
    expect(await read()).toEqual(code('stream_not_found'))
    expect(ok(await backend.append(STREAM, batch(['a']))).start.seqNum).toBe(0n)

    const other = addressOf(NAME, 'other')
    ok(
      await backend.reconfigureBasin(
        NAME,
        basinPatch({ createStreamOnAppend: false, createStreamOnRead: true, defaultStreamConfig: AGE_1H }),
      ),
    )
    expect(await backend.append(other, batch(['a']))).toEqual(code('stream_not_found'))
    expect(ok(await backend.checkTail(other)).tail).toEqual({ seqNum: 0n, timestamp: 0n })
    expect(await backend.getStreamConfig(other)).toMatchObject({ retention: { age: 3600n } })
    expect(await backend.createStream(other, UNSET_STREAM_CONFIG, '')).toEqual(
      code('resource_already_exists'),
    )
  })

  test('with a configuration of its own, over the default of the basin, unless it is there (RTE-035, CP-STR-089)', async () => {
    const config = { createStreamOnAppend: true, createStreamOnRead: true, defaultStreamConfig: AGE_1H }
    ok(await backend.createBasin(NAME, basinConfig(config), undefined))
    const configIfMade = { ...UNSET_STREAM_CONFIG, timestampingMode: 'arrival' as const }
    const [read, appended, opened] = ['read', 'appended', 'opened'].map((name) => addressOf(NAME, name))
    if (!read || !appended || !opened) throw new Error('three names')
    await backend.openRead({ ...read, configIfMade }, { seqNum: 0n }, {}, AbortSignal.abort())
    ok(await backend.append({ ...appended, configIfMade }, batch(['a'])))
    ok(await backend.openAppendSession({ ...opened, configIfMade }))
    for (const address of [read, appended, opened]) {
      const made = { retention: { age: 3600n }, timestampingMode: 'arrival' }
      expect(await backend.getStreamConfig(address)).toMatchObject(made)
      ok(await backend.append({ ...address, configIfMade: UNSET_STREAM_CONFIG }, batch(['b'])))
      expect(await backend.getStreamConfig(address)).toMatchObject(made)
    }
  })

  test('makes it even when it is then refused (AUT-003, AUT-006)', async () => {
    const config = basinConfig({ createStreamOnAppend: true, createStreamOnRead: true })
    ok(await backend.createBasin(NAME, config, undefined))
    const tail = { seqNum: 0n, timestamp: 0n }
    expect(await read()).toEqual({ refusal: 'unwritten', tail })
    expect(await backend.append(addressOf(NAME, 'other'), batch(['a'], { matchSeqNum: 5n }))).toEqual({
      refusal: 'seq-num-mismatch',
      actual: 0n,
    })
    expect(ok(await backend.listStreams(NAME, EVERYTHING)).items.length).toBe(2)
  })

  test('makes one stream, however many come at once (AUT-008, AUT-021)', async () => {
    const config = basinConfig({ createStreamOnAppend: true, createStreamOnRead: true })
    ok(await backend.createBasin(NAME, config, undefined))
    const acks = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        if (index % 4 === 3) ok(await backend.checkTail(STREAM))
        return ok(await backend.append(STREAM, batch([`${index}`]))).start.seqNum
      }),
    )
    expect(acks.toSorted()).toEqual([0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n])
  })
})

describe('what is said to exist', () => {
  test('is durable, and is found by everybody from then on (CP-BAS-046, CP-STR-032)', async () => {
    const store = heldStore(await openMemoryStore())
    const { backend } = await testBackend({ store })
    store.hold()
    const basins = [1, 2].map(() => watch(backend.createBasin(NAME, DEFAULT_BASIN_CONFIG, undefined)))
    await settle()
    expect(basins.map(({ settled }) => settled)).toEqual([false, false])
    await store.release()
    await settle()
    expect(basins[1]?.outcome).toEqual(code('resource_already_exists'))
    store.hold()
    const streams = [1, 2].map(() => watch(backend.createStream(STREAM, UNSET_STREAM_CONFIG, undefined)))
    const tail = watch(backend.checkTail(STREAM))
    await settle()
    expect([...streams, tail].map(({ settled }) => settled)).toEqual([false, false, false])
    await store.release()
    await settle()
    expect(streams[1]?.outcome).toEqual(code('resource_already_exists'))
    expect(tail.outcome).toEqual({ tail: { seqNum: 0n, timestamp: 0n } })
  })
})
