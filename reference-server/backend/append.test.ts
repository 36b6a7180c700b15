import { describe, expect, test } from 'vitest'
import { isRefusal } from '../semantics/refusal.ts'
import { UNSET_STREAM_CONFIG } from '../semantics/resources/config.ts'
import { openMemoryStore } from '../store/memory.ts'
import { settle } from '../testing/fake-clock.ts'
import { type HeldStore, heldStore } from '../testing/held-store.ts'
import { watch } from '../testing/outcomes.ts'
import {
  addressOf,
  admitted,
  batch,
  bodiesOf,
  fence,
  ok,
  readAll,
  testStream,
} from '../testing/test-backend.ts'

async function heldStream() {
  const store: HeldStore = heldStore(await openMemoryStore())
  const { backend, address, clock } = await testStream({ store })
  return { backend, address, clock, store }
}

const storage = { refusal: 'error', code: 'storage' }

describe('durable before acknowledged and visible', () => {
  test('while a commit is under way nothing of it is seen (APP-006, TAIL-004, READ-054)', async () => {
    const { backend, address, store } = await heldStream()
    ok(await backend.append(address, batch(['old'])))
    store.hold()
    const append = watch(backend.append(address, batch(['new'])))
    await settle()
    expect(append.settled).toBe(false)
    expect(ok(await backend.checkTail(address)).tail.seqNum).toBe(1n)
    expect(bodiesOf((await readAll(backend, address, { seqNum: 0n }, { count: 9n })).records)).toEqual([
      'old',
    ])
    await store.release()
    await settle()
    expect(append.outcome).toMatchObject({ end: { seqNum: 2n } })
    expect(ok(await backend.checkTail(address)).tail.seqNum).toBe(2n)
  })

  test('nor is what the store has and has not answered: reads and tails agree (LIN-027)', async () => {
    const { backend, address, store } = await heldStream()
    ok(await backend.append(address, batch(['old'])))
    store.hold('answer')
    const append = watch(backend.append(address, batch(['new'])))
    await settle()
    expect(append.settled).toBe(false)
    expect(ok(await backend.checkTail(address)).tail.seqNum).toBe(1n)
    expect(bodiesOf((await readAll(backend, address, { seqNum: 0n }, { count: 9n })).records)).toEqual([
      'old',
    ])
    await store.release()
    await settle()
    expect(append.outcome).toMatchObject({ end: { seqNum: 2n } })
  })

  test('conditions meet the sequenced state, durable or not (APP-022, APP-023)', async () => {
    const { backend, address, store } = await heldStream()
    store.hold()
    const appends = [
      backend.append(address, batch(['a', 'b'], { matchSeqNum: 0n })),
      backend.append(address, batch(['c'], { matchSeqNum: 2n })),
      backend.append(address, fence('x')),
      backend.append(address, batch(['d'], { fencingToken: 'x' })),
    ]
    await settle()
    expect(store.waiting()).toBe(4)
    await store.release()
    expect((await Promise.all(appends)).map((ack) => ok(ack).start.seqNum)).toEqual([0n, 2n, 3n, 4n])
  })

  test.each([
    { told: 'a number', first: batch(['a']), second: batch(['b'], { matchSeqNum: 0n }), actual: 1n },
    { told: 'a token', first: fence('x'), second: batch(['b'], { fencingToken: 'y' }), actual: 'x' },
  ])('a refusal that tells $told waits until it is durable (APP-027)', async ({ first, second, actual }) => {
    const { backend, address, store } = await heldStream()
    store.hold()
    const append = watch(backend.append(address, first))
    const refused = watch(backend.append(address, second))
    await settle()
    expect([append.settled, refused.settled]).toEqual([false, false])
    await store.release()
    await settle()
    expect(append.outcome).toMatchObject({ start: { seqNum: 0n } })
    expect(refused.outcome).toMatchObject({ actual })
  })

  test('if the commit fails, neither it nor what was told of it is answered as done (APP-027, APP-055)', async () => {
    const { backend, address, store } = await heldStream()
    ok(await backend.append(address, batch(['old'])))
    store.hold()
    const outcomes = Promise.all([
      backend.append(address, batch(['lost'])),
      backend.append(address, batch(['refused'], { matchSeqNum: 1n })),
      backend.createStream(addressOf('test-basin', 'other'), UNSET_STREAM_CONFIG, undefined),
    ])
    await settle()
    store.fail()
    for (const outcome of await outcomes) expect(outcome).toMatchObject(storage)
    expect(backend.healthy()).toBe(false)
    expect(await backend.append(address, batch(['later']))).toMatchObject(storage)
    expect(ok(await backend.checkTail(address)).tail.seqNum).toBe(1n)
    expect(bodiesOf((await readAll(backend, address, { seqNum: 0n }, { count: 9n })).records)).toEqual([
      'old',
    ])
  })

  test('acknowledgements come in the order of the numbers (APP-008)', async () => {
    const { backend, address } = await heldStream()
    const order: bigint[] = []
    await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        order.push(ok(await backend.append(address, batch([`${index}`, `${index}`]))).start.seqNum)
      }),
    )
    expect(order).toEqual(Array.from({ length: 50 }, (_, index) => BigInt(2 * index)))
  })

  test('a stream that is held up does not hold up another', async () => {
    const { backend, address, store } = await heldStream()
    const other = addressOf('test-basin', 'other')
    ok(await backend.createStream(other, UNSET_STREAM_CONFIG, undefined))
    store.hold()
    void backend.append(address, batch(['a']))
    await settle()
    expect(ok(await backend.checkTail(other)).tail.seqNum).toBe(0n)
    await store.release()
  })
})

describe('an append session', () => {
  test('answers in order, and ends with the first refusal (APP-046, APP-047)', async () => {
    const { backend, address, store } = await heldStream()
    const session = ok(await backend.openAppendSession(address))
    store.hold()
    const replies = [
      session.submit(batch(['1'])),
      session.submit(batch(['2'], { matchSeqNum: 1n })),
      session.submit(batch(['3'], { matchSeqNum: 0n })),
      session.submit(batch(['4'])),
    ]
    const refused = watch(replies[2] ?? Promise.resolve(undefined))
    await settle()
    expect(refused.settled).toBe(false)
    await store.release()
    const [first, second, third, fourth] = await Promise.all(replies)
    expect(ok(first).end.seqNum).toBe(1n)
    expect(ok(second).end.seqNum).toBe(2n)
    expect(third).toEqual({ refusal: 'seq-num-mismatch', actual: 2n })
    expect(fourth).toBeUndefined()
    expect(await session.submit(batch(['5']))).toBeUndefined()
    expect(ok(await backend.checkTail(address)).tail.seqNum).toBe(2n)
  })

  test('whose batches the store loses answers once', async () => {
    const { backend, address, store } = await heldStream()
    const session = ok(await backend.openAppendSession(address))
    store.hold()
    const replies = Promise.all([session.submit(batch(['1'])), session.submit(batch(['2']))])
    store.fail()
    const [first, second] = await replies
    expect(first).toMatchObject(storage)
    expect(second).toBeUndefined()
  })

  test('survives a long pause (APP-051)', async () => {
    const { backend, address, clock } = await heldStream()
    const session = ok(await backend.openAppendSession(address))
    ok(await session.submit(batch(['a'])))
    await clock.advance(200_000)
    expect(ok(await session.submit(batch(['b']))).start.seqNum).toBe(1n)
    expect(ok(await backend.checkTail(address)).tail.seqNum).toBe(2n)
  })
})

test('configuration is that of the moment of sequencing (APP-043)', async () => {
  const { backend, address, clock } = await heldStream()
  const patch = { storageClass: undefined, retention: undefined, deleteOnEmptyMinAge: undefined }
  const session = ok(await backend.openAppendSession(address))
  ok(await session.submit(batch(['a'])))
  ok(
    await backend.reconfigureStream(address, {
      ...patch,
      timestampingMode: 'client-require',
      timestampingUncapped: true,
    }),
  )
  const refused = await session.submit(batch(['b']))
  expect(refused !== undefined && isRefusal(refused) && refused).toMatchObject({ code: 'invalid' })
  const future = clock.now() + 1000n
  const dated = { records: [{ timestamp: future, headers: [], body: new Uint8Array() }] }
  expect(ok(await backend.append(address, admitted(dated))).end.timestamp).toBe(future)
})
