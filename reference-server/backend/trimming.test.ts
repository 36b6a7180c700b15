import { describe, expect, test } from 'vitest'
import { allBatches, allTimestamps, trimmingRange } from '../store/keys.ts'
import { openMemoryStore } from '../store/memory.ts'
import type { KeyRange, Store } from '../store/store.ts'
import { settle } from '../testing/fake-clock.ts'
import { heldStore } from '../testing/held-store.ts'
import { startReader } from '../testing/reader.ts'
import { batch, bodiesOf, ok, readAll, testBackend, testStream, trim } from '../testing/test-backend.ts'

async function count(store: Store, range: KeyRange): Promise<number> {
  let count = 0
  for await (const _ of store.range(range)) count++
  return count
}

const rest = { wait: 0 }

describe('a trim', () => {
  test('takes effect late, and leaves the tail alone (CMD-020, CMD-021)', async () => {
    const { backend, address, clock, store } = await testStream()
    ok(await backend.append(address, batch(['a', 'b', 'c'])))
    const { tail } = ok(await backend.append(address, trim(2n)))
    await clock.advance(999)
    expect((await readAll(backend, address, { seqNum: 0n }, rest)).records.length).toBe(4)
    await clock.advance(1)
    const { records } = await readAll(backend, address, { seqNum: 0n }, rest)
    expect(records.map(({ seqNum }) => seqNum)).toEqual([2n, 3n])
    expect([await count(store, allBatches(1n)), await count(store, allTimestamps(1n))]).toEqual([2, 2])
    expect(await count(store, trimmingRange)).toBe(0)
    expect(ok(await backend.checkTail(address)).tail).toEqual(tail)
    expect(ok(await backend.append(address, batch(['d']))).start.seqNum).toBe(4n)
  })

  test('never moves back (CMD-017)', async () => {
    const { backend, address, clock } = await testStream()
    ok(await backend.append(address, batch(['a', 'b', 'c', 'd'])))
    ok(await backend.append(address, trim(3n)))
    ok(await backend.append(address, trim(1n)))
    await clock.advance(5000)
    expect(bodiesOf((await readAll(backend, address, { seqNum: 0n }, rest)).records)[0]).toBe('d')
  })

  test('of everything leaves an empty answer, and a follower waiting (CMD-019, CMD-023, CMD-024, READ-016)', async () => {
    const { backend, address, clock } = await testStream()
    ok(await backend.append(address, batch(['a', 'b'])))
    ok(await backend.append(address, trim(2n ** 64n - 1n)))
    await clock.advance(1000)
    expect((await readAll(backend, address, { seqNum: 0n }, { count: 10n })).outputs).toEqual([])
    const signal = new AbortController().signal
    const { tail } = ok(await backend.checkTail(address))
    expect(await backend.openRead(address, { timestamp: 0n }, { count: 10n }, signal)).toEqual({
      refusal: 'unwritten',
      tail,
    })
    const reader = await startReader(backend, address, { seqNum: 0n }, {})
    expect(reader.kinds()).toEqual(['heartbeat'])
    ok(await backend.append(address, batch(['c'])))
    await settle()
    expect(reader.bodies()).toEqual(['c'])
    reader.leave()
  })

  test('of many records, in steps (CMD-026)', async () => {
    const { backend, address, clock, store } = await testStream({ options: { removedAtOnce: 3 } })
    for (let index = 0; index < 10; index++) {
      ok(await backend.append(address, batch(Array.from({ length: 5 }, () => 'x'))))
    }
    ok(await backend.append(address, trim(40n)))
    await clock.advance(1000)
    expect([await count(store, allBatches(1n)), await count(store, allTimestamps(1n))]).toEqual([3, 3])
    expect(await count(store, trimmingRange)).toBe(0)
  })

  test('skips a timestamp start to what is left (READ-005)', async () => {
    const { backend, address, clock } = await testStream()
    for (const body of ['a', 'b', 'c', 'd']) {
      ok(await backend.append(address, batch([body])))
      await clock.advance(100)
    }
    const timestamp = clock.now() - 300n
    expect(bodiesOf((await readAll(backend, address, { timestamp }, rest)).records)).toEqual(['b', 'c', 'd'])
    ok(await backend.append(address, trim(2n)))
    await clock.advance(1000)
    expect(bodiesOf((await readAll(backend, address, { timestamp }, { count: 2n })).records)).toEqual([
      'c',
      'd',
    ])
  })

  test('hides what is still stored, from every kind of start (CMD-022)', async () => {
    const store = heldStore(await openMemoryStore())
    const { backend, address, clock } = await testStream({ store })
    ok(await backend.append(address, batch(['a', 'b', 'c'])))
    ok(await backend.append(address, trim(2n)))
    store.hold()
    await clock.advance(1000)
    expect(await count(store, allBatches(1n))).toBe(2)
    for (const start of [{ seqNum: 0n }, { timestamp: 0n }, { tailOffset: 4n }]) {
      const { records } = await readAll(backend, address, start, { count: 9n })
      expect(records.map(({ seqNum }) => seqNum)).toEqual([2n, 3n])
    }
    await store.release()
  })

  test('does not take a page away from a reader that has begun it (CMD-025)', async () => {
    const { backend, address, clock } = await testStream()
    // Of records of 1 KiB, two batches are more than a page.
    for (let index = 0; index < 5; index++) {
      ok(await backend.append(address, batch(Array.from({ length: 1000 }, () => 'x'.repeat(1000)))))
    }
    const session = ok(await backend.openRead(address, { seqNum: 0n }, rest, new AbortController().signal))
    const reads = session[Symbol.asyncIterator]()
    const numbers: bigint[] = []
    const take = async (): Promise<boolean> => {
      const { value, done } = await reads.next()
      if (value?.kind === 'batch') for (const { seqNum } of value.records) numbers.push(seqNum)
      return done === true
    }
    await take()
    ok(await backend.append(address, trim(4500n)))
    await clock.advance(10_000)
    while (!(await take()));
    const expected = [...Array(2000).keys(), ...Array.from({ length: 501 }, (_, index) => 4500 + index)]
    expect(numbers.map(Number)).toEqual(expected)
  })

  test('that was promised goes on after a restart (DUR-005)', async () => {
    const store = heldStore(await openMemoryStore())
    const { backend, address } = await testStream({ store })
    ok(await backend.append(address, batch(['a', 'b', 'c'])))
    ok(await backend.append(address, trim(2n)))
    // A crash: the first backend is left as it is.
    const after = await testBackend({ store })
    await settle()
    expect(await count(store, trimmingRange)).toBe(0)
    expect(await count(store, allBatches(1n))).toBe(2)
    const { records } = await readAll(after.backend, address, { seqNum: 0n }, rest)
    expect(records.map(({ seqNum }) => seqNum)).toEqual([2n, 3n])
  })

  test('whose removal meets a later trim leaves the later one its mark (DUR-005)', async () => {
    const { backend, address, clock, store } = await testStream()
    ok(await backend.append(address, batch(['a', 'b', 'c'])))
    ok(await backend.append(address, trim(1n)))
    await clock.advance(600)
    ok(await backend.append(address, trim(2n)))
    await clock.advance(400)
    expect(await count(store, trimmingRange)).toBe(1)
    await clock.advance(600)
    expect(await count(store, trimmingRange)).toBe(0)
    expect(await count(store, allBatches(1n))).toBe(3)
  })
})
