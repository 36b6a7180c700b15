import { describe, expect, test } from 'vitest'
import type { EncryptionKey } from '../encryption/encryption-key.ts'
import { EMPTY_STREAM } from '../semantics/append/stream-state.ts'
import { DEFAULT_BASIN_CONFIG, UNSET_STREAM_CONFIG } from '../semantics/resources/config.ts'
import { allBatches, batchKey, expiredKey, stateKey } from '../store/keys.ts'
import { openMemoryStore } from '../store/memory.ts'
import type { Store } from '../store/store.ts'
import { encodeBatch } from '../store/stored-batch.ts'
import { encodeState } from '../store/stored-state.ts'
import { encodeStreamId } from '../store/stored-stream-id.ts'
import { settle } from '../testing/fake-clock.ts'
import { startReader } from '../testing/reader.ts'
import {
  addressOf,
  admitted,
  batch,
  bodiesOf,
  fence,
  keyOf,
  ok,
  readAll,
  testBackend,
  testStream,
  trim,
} from '../testing/test-backend.ts'

const KEY = keyOf(1)
const OTHER_KEY = keyOf(2)
const all = { count: 100n }
const start = { seqNum: 0n }
const noOne = new AbortController().signal
const refused = [{ kind: 'refused', refusal: { refusal: 'error', code: 'decryption_failed' } }]

describe.each(['aegis-256', 'aes-256-gcm'] as const)('a stream with %s', (cipher) => {
  const encrypted = (given: Parameters<typeof testStream>[0] = {}) =>
    testStream({ ...given, basin: { streamCipher: cipher } })

  test('hands back with its key what was appended with it, after a restart too (ENC-007, ENC-014)', async () => {
    const store = await openMemoryStore()
    const { backend, address } = await encrypted({ store })
    ok(await backend.append(address, batch(['a', 'b']), KEY))
    const session = ok(await backend.openAppendSession(address, KEY))
    ok(await session.submit(batch(['c'])))
    expect(bodiesOf((await readAll(backend, address, start, all, KEY)).records)).toEqual(['a', 'b', 'c'])

    ok(await backend.ensureBasin(address.basin, DEFAULT_BASIN_CONFIG))
    const { backend: later } = await testBackend({ store })
    expect(bodiesOf((await readAll(later, address, start, all, KEY)).records)).toEqual(['a', 'b', 'c'])
    expect((await readAll(later, address, start, all, OTHER_KEY)).outputs).toMatchObject(refused)
  })

  test('goes on for followers, each with its own key (ENC-015)', async () => {
    const { backend, address } = await encrypted()
    const right = await startReader(backend, address, start, {}, KEY)
    const wrong = await startReader(backend, address, start, {}, OTHER_KEY)
    ok(await backend.append(address, batch(['a']), KEY))
    await settle()
    expect([right.bodies(), right.ended()]).toEqual([['a'], false])
    expect([wrong.bodies(), wrong.ended()]).toEqual([[], true])
    expect(wrong.outputs.slice(1)).toMatchObject(refused)
  })

  test.each(['none', 'unusable'] as const)(
    'does nothing with a key that is %s (ENC-003, ENC-004)',
    async (key) => {
      const { backend, address } = await encrypted()
      const refusal = { code: 'bad_header' }
      expect(await backend.append(address, batch(['a']), key)).toMatchObject(refusal)
      expect(await backend.append(address, fence('mine'), key)).toMatchObject(refusal)
      expect(await backend.openAppendSession(address, key)).toMatchObject(refusal)
      // Nor does it say where the tail is, or that there is nothing to read.
      expect(await backend.openRead(address, { seqNum: 9n }, all, noOne, key)).toMatchObject(refusal)
      expect(await backend.openRead(address, start, { count: 0n }, noOne, key)).toMatchObject(refusal)
      expect(ok(await backend.checkTail(address)).tail.seqNum).toBe(0n)
      ok(await backend.append(address, batch(['a'], { fencingToken: '', matchSeqNum: 0n }), KEY))
    },
  )

  test('says that it is being deleted, or is not there, whatever the key', async () => {
    const { backend, address } = await encrypted()
    expect(await backend.append(addressOf('test-basin', 'other'), batch(['a']))).toMatchObject({
      code: 'stream_not_found',
    })
    await backend.deleteStream(address)
    expect(await backend.append(address, batch(['a']))).toMatchObject({ code: 'stream_deletion_pending' })
  })

  test('is made by an append whose key it then misses (AUT-007)', async () => {
    const { backend } = await testBackend()
    const address = addressOf('test-basin', 'stream')
    const config = { ...DEFAULT_BASIN_CONFIG, streamCipher: cipher, createStreamOnAppend: true }
    ok(await backend.createBasin(address.basin, config, undefined))
    expect(await backend.append(address, batch(['a']))).toMatchObject({ code: 'bad_header' })
    expect(ok(await backend.checkTail(address)).tail.seqNum).toBe(0n)
    const { items } = ok(await backend.listStreams(address.basin, { prefix: '', startAfter: '', limit: 9n }))
    expect(items.map((info) => info.cipher)).toEqual([cipher])
  })

  test('obeys commands, and shows them to whoever has a key (ENC-011)', async () => {
    const { backend, address, clock } = await encrypted()
    ok(await backend.append(address, batch(['a']), KEY))
    ok(await backend.append(address, fence('mine'), KEY))
    expect(await backend.append(address, batch(['b'], { fencingToken: 'theirs' }), KEY)).toMatchObject({
      refusal: 'fencing-token-mismatch',
      actual: 'mine',
    })
    const { records } = await readAll(backend, address, { seqNum: 1n }, all, OTHER_KEY)
    expect(bodiesOf(records)).toEqual(['mine'])
    ok(await backend.append(address, trim(1n), KEY))
    await clock.advance(2000)
    const rest = await readAll(backend, address, start, all, OTHER_KEY)
    expect(rest.records.map(({ seqNum }) => seqNum)).toEqual([1n, 2n])
  })

  test('finds records by their number and their time, and counts them, without a look inside (ENC-012)', async () => {
    const { backend, address, clock } = await encrypted()
    const times: bigint[] = []
    for (const body of ['one', 'two', 'three']) {
      await clock.advance(10)
      times.push(clock.now())
      ok(await backend.append(address, batch([body]), KEY))
    }
    const read = async (from: object, end: object) =>
      bodiesOf((await readAll(backend, address, from, end, KEY)).records)
    expect(await read({ timestamp: times[1] }, all)).toEqual(['two', 'three'])
    expect(await read(start, { until: times[2] })).toEqual(['one', 'two'])
    expect(await read(start, { bytes: 22n })).toEqual(['one', 'two'])
    expect(await read(start, { bytes: 21n })).toEqual(['one'])
    expect(await read({ tailOffset: 1n }, all)).toEqual(['three'])
  })

  test('delivers the batches of a read before the one that its key does not open (ENC-009, ENC-010)', async () => {
    const { backend, address } = await encrypted()
    const thousand = Array.from({ length: 1000 }, (_, index) => `${index}`)
    ok(await backend.append(address, batch(thousand), KEY))
    ok(await backend.append(address, batch(['mine']), KEY))
    ok(await backend.append(address, batch(['theirs']), OTHER_KEY))
    ok(await backend.append(address, batch(thousand), KEY))

    const { outputs } = await readAll(backend, address, start, {}, KEY)
    expect(outputs.map((output) => (output.kind === 'batch' ? output.records.length : output.kind))).toEqual([
      1000,
      'refused',
    ])
    expect(outputs.slice(1)).toMatchObject(refused)
    const bounded = await readAll(backend, address, start, { count: 1001n }, KEY)
    expect(bodiesOf(bounded.records)).toEqual([...thousand, 'mine'])
    const theirs = await readAll(backend, address, { seqNum: 1001n }, { count: 1n }, OTHER_KEY)
    expect(bodiesOf(theirs.records)).toEqual(['theirs'])
  })

  test('has records that open in no other stream, not even in one of its own name (ENC-018)', async () => {
    const { backend, address, store, clock } = await encrypted()
    const other = addressOf('test-basin', 'other')
    ok(await backend.createStream(other, UNSET_STREAM_CONFIG, undefined))
    ok(await backend.append(address, batch(['secret']), KEY))
    ok(await backend.append(other, batch(['decoy!']), KEY))
    const [from, to] = [await storedBatch(store, 1n), await storedBatch(store, 2n)]
    expect(from?.length).toBe(to?.length)
    await store.commit([{ type: 'put', key: batchKey(2n, 0n), value: from ?? new Uint8Array() }])
    expect((await readAll(backend, other, start, all, KEY)).outputs).toMatchObject(refused)

    await backend.deleteStream(address)
    await clock.advance(2000)
    ok(await backend.createStream(address, UNSET_STREAM_CONFIG, undefined))
    ok(await backend.append(address, batch(['decoy!']), KEY))
    await store.commit([{ type: 'put', key: batchKey(3n, 0n), value: from ?? new Uint8Array() }])
    expect((await readAll(backend, address, start, all, KEY)).outputs).toMatchObject(refused)
  })

  test('writes nothing of a record but its place and size, and nothing of a key (ENC-017)', async () => {
    const written: Buffer[] = []
    const store = await openMemoryStore()
    const recording: Store = {
      ...store,
      commit(writes) {
        for (const write of writes) {
          written.push(Buffer.from(write.key))
          if (write.type === 'put') written.push(Buffer.from(write.value))
        }
        return store.commit(writes)
      },
    }
    const { backend, address } = await encrypted({ store: recording })
    const bytes = (text: string) => new TextEncoder().encode(text)
    const records = [
      { headers: [{ name: bytes('its header'), value: bytes('its value') }], body: bytes('its body') },
    ]
    ok(await backend.append(address, admitted({ records }), KEY))
    ok(await backend.append(address, fence('in the clear'), KEY))
    const has = (text: string | Buffer) => written.some((one) => one.includes(text))
    expect(['its header', 'its value', 'its body'].filter(has)).toEqual([])
    expect([has(Buffer.from(KEY.expose())), has(Buffer.from(KEY.expose()).toString('base64'))]).toEqual([
      false,
      false,
    ])
    expect(has('in the clear')).toBe(true)
  })

  test('that holds what it never wrote does not serve it (ENC-016)', async () => {
    const { backend, address, store } = await encrypted()
    const planted = async (kept: object) => {
      const record = { seqNum: 0n, timestamp: 0n, headers: [], body: new Uint8Array(), ...kept }
      await store.commit([{ type: 'put', key: batchKey(1n, 0n), value: encodeBatch([record]) }])
      return (await readAll(backend, address, start, all, KEY)).outputs
    }
    const corrupt = [{ kind: 'refused', refusal: { code: 'storage' } }]
    ok(await backend.append(address, batch(['a']), KEY))
    expect(await planted({})).toMatchObject(corrupt)
    const other = Uint8Array.of(cipher === 'aegis-256' ? 2 : 1, ...new Uint8Array(100))
    expect(await planted({ size: 9n, sealed: other })).toMatchObject(corrupt)
  })
})

test('aes-256-gcm seals 2^32 records and no more; a command still fits (CP-CFG-053)', async () => {
  const store = await openMemoryStore()
  const { address } = await testStream({ store, basin: { streamCipher: 'aes-256-gcm' } })
  const tail = { seqNum: 2n ** 32n - 1n, timestamp: 0n }
  await store.commit([
    { type: 'put', key: stateKey(1n), value: encodeState({ ...EMPTY_STREAM, tail }) },
    { type: 'put', key: expiredKey(1n), value: encodeStreamId(tail.seqNum) },
  ])
  const { backend } = await testBackend({ store })
  expect(await backend.append(address, batch(['a', 'b']), KEY)).toMatchObject({ code: 'invalid' })
  ok(await backend.append(address, batch(['a']), KEY))
  expect(await backend.append(address, batch(['b']), KEY)).toMatchObject({ code: 'invalid' })
  ok(await backend.append(address, fence('mine'), KEY))
  expect(ok(await backend.checkTail(address)).tail.seqNum).toBe(2n ** 32n + 1n)
})

describe('a stream without a cipher', () => {
  test.each<EncryptionKey | 'unusable' | 'none'>([KEY, 'unusable', 'none'])(
    'ignores the key %s (ENC-006)',
    async (key) => {
      const { backend, address } = await testStream()
      ok(await backend.append(address, batch(['a']), key))
      for (const other of [key, OTHER_KEY, 'none'] as const) {
        expect(bodiesOf((await readAll(backend, address, start, all, other)).records)).toEqual(['a'])
      }
    },
  )

  test('does not serve a sealed record (ENC-016)', async () => {
    const { backend, address, store } = await testStream()
    ok(await backend.append(address, batch(['a'])))
    const sealed = { seqNum: 0n, timestamp: 0n, size: 9n, sealed: new Uint8Array(100) }
    await store.commit([{ type: 'put', key: batchKey(1n, 0n), value: encodeBatch([sealed]) }])
    expect((await readAll(backend, address, start, all)).outputs).toMatchObject([
      { kind: 'refused', refusal: { code: 'storage' } },
    ])
  })
})

/** The one batch of a stream, as it is stored. */
async function storedBatch(store: Store, id: bigint): Promise<Uint8Array | undefined> {
  for await (const { value } of store.range(allBatches(id))) return value
  return undefined
}
