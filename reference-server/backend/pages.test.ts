import { expect, test } from 'vitest'
import { EMPTY_STREAM } from '../semantics/append/stream-state.ts'
import { batchKey } from '../store/keys.ts'
import { openMemoryStore } from '../store/memory.ts'
import type { Store } from '../store/store.ts'
import { StoreError } from '../store/store-error.ts'
import { encodeBatch } from '../store/stored-batch.ts'
import { type Page, Pages } from './pages.ts'

const UNBOUNDED = { count: undefined, bytes: undefined, until: undefined }
const numbersOf = ({ records }: Page): readonly bigint[] => records.map(({ seqNum }) => seqNum)

/** A stream of three batches of 1 MiB, of one record each: a page holds two of them. `ranges` counts what was read. */
async function threeBatches() {
  const store = await openMemoryStore()
  for (const seqNum of [0n, 1n, 2n]) {
    const batch = encodeBatch([{ seqNum, timestamp: 0n, headers: [], body: new Uint8Array(1_048_568) }])
    await store.commit([{ type: 'put', key: batchKey(7n, seqNum), value: batch }])
  }
  let ranges = 0
  const counting: Store = {
    ...store,
    range(range) {
      ranges++
      return store.range(range)
    },
  }
  const durable = { ...EMPTY_STREAM, tail: { seqNum: 3n, timestamp: 0n } }
  const stream = { stored: { id: 7n }, durable, visibleFrom: 0n, mayLack: () => false }
  return { store: counting, stream, ranges: () => ranges }
}

test('what was read ahead is taken, and read once', async () => {
  const { store, stream, ranges } = await threeBatches()
  const pages = new Pages(store, stream)
  const first = await pages.take(0n, UNBOUNDED)
  expect([numbersOf(first), first.next]).toEqual([[0n, 1n], 2n])
  pages.readAhead(first.next, UNBOUNDED)
  expect(ranges()).toBe(2)
  const second = await pages.take(first.next, UNBOUNDED)
  expect([numbersOf(second), second.next]).toEqual([[2n], 3n])
  expect(ranges()).toBe(2)
})

test('at the tail, nothing is read ahead', async () => {
  const { store, stream, ranges } = await threeBatches()
  new Pages(store, stream).readAhead(3n, UNBOUNDED)
  expect(ranges()).toBe(0)
})

test('what was trimmed since it was read ahead is not delivered (CMD-022)', async () => {
  const { store, stream } = await threeBatches()
  const pages = new Pages(store, stream)
  pages.readAhead(0n, UNBOUNDED)
  stream.visibleFrom = 1n
  expect(numbersOf(await pages.take(0n, UNBOUNDED))).toEqual([1n, 2n])
})

test('a store that could not read ahead tells who takes the page, and nobody else', async () => {
  const { store, stream } = await threeBatches()
  const failed = new StoreError('failed', 'the store cannot be read')
  const range = () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(failed) }) })
  const pages = new Pages({ ...store, range }, stream)
  pages.readAhead(0n, UNBOUNDED)
  await new Promise((resolve) => setImmediate(resolve))
  await expect(pages.take(0n, UNBOUNDED)).rejects.toBe(failed)
})
