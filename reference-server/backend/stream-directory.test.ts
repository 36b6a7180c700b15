import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { beforeAll, expect, test } from 'vitest'
import { batchKey, streamKey } from '../store/keys.ts'
import { openMemoryStore } from '../store/memory.ts'
import type { Store } from '../store/store.ts'
import { encodeBatch } from '../store/stored-batch.ts'
import { settle } from '../testing/fake-clock.ts'
import { heldStore } from '../testing/held-store.ts'
import { addressOf, batch, fence, ok, testBackend, testStream } from '../testing/test-backend.ts'

let collectGarbage: () => void

beforeAll(() => {
  setFlagsFromString('--expose-gc')
  const found: unknown = runInNewContext('gc')
  if (typeof found !== 'function') throw new Error('this Node has no gc to expose')
  collectGarbage = () => found()
})

/** Counts how often a stream is loaded. */
function counting(store: Store, address: { basin: string; stream: string }) {
  const key = Buffer.from(streamKey(address.basin, address.stream))
  const counted = { loads: 0, store }
  counted.store = {
    ...store,
    get(wanted) {
      if (key.equals(wanted)) counted.loads++
      return store.get(wanted)
    },
  }
  return counted
}

test('a stream that nobody touches is let go, and comes back as it was (AUT-018)', async () => {
  const names = { basin: 'test-basin', stream: 'stream' }
  const counted = counting(await openMemoryStore(), names)
  const { backend, address, clock } = await testStream({ store: counted.store })
  ok(await backend.append(address, batch(['a'])))
  ok(await backend.append(address, fence('token')))
  const before = counted.loads
  await clock.advance(130_000)
  collectGarbage()
  await settle()
  const { tail } = ok(await backend.checkTail(address))
  expect(tail.seqNum).toBe(2n)
  expect(counted.loads).toBe(before + 1)
  expect(await backend.append(address, batch(['b'], { fencingToken: '' }))).toMatchObject({ actual: 'token' })
})

test('a stream is kept while a session holds it or a commit is under way (DUR-015)', async () => {
  const names = { basin: 'test-basin', stream: 'stream' }
  const held = heldStore(await openMemoryStore())
  const counted = counting(held, names)
  const { backend, address, clock } = await testStream({ store: counted.store })
  const session = ok(await backend.openAppendSession(address))
  const before = counted.loads
  await clock.advance(300_000)
  collectGarbage()
  await settle()
  ok(await backend.append(address, batch(['a'])))
  expect(ok(await session.submit(batch(['b']))).start.seqNum).toBe(1n)
  held.hold()
  const abandoned = backend.append(address, batch(['c']))
  await clock.advance(300_000)
  collectGarbage()
  await settle()
  const next = backend.append(address, batch(['d']))
  await held.release()
  expect([ok(await abandoned).start.seqNum, ok(await next).start.seqNum]).toEqual([2n, 3n])
  expect(counted.loads).toBe(before)
})

test('a stream whose records go past its tail is not served (DUR-011)', async () => {
  const store = await openMemoryStore()
  const { address } = await testStream({ store })
  const record = { seqNum: 0n, timestamp: 0n, headers: [], body: new Uint8Array() }
  await store.commit([{ type: 'put', key: batchKey(1n, 0n), value: encodeBatch([record]) }])
  const { backend } = await testBackend({ store })
  expect(await backend.append(address, batch(['a']))).toMatchObject({ code: 'storage' })
})

test('first touches in parallel load a stream once (AUT-021)', async () => {
  const names = { basin: 'test-basin', stream: 'stream' }
  const store = await openMemoryStore()
  await testStream({ store })
  const counted = counting(store, names)
  const { backend } = await testBackend({ store: counted.store })
  const address = addressOf(names.basin, names.stream)
  const acks = await Promise.all(
    Array.from({ length: 8 }, async (_, index) => ok(await backend.append(address, batch([`${index}`])))),
  )
  expect(acks.map(({ start }) => Number(start.seqNum))).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(counted.loads).toBe(1)
})
