import { expect, test } from 'vitest'
import { EMPTY_STREAM, type StreamState } from '../../../reference-server/semantics/append/stream-state.ts'
import { NO_FENCE, parseFencingToken } from '../../../reference-server/semantics/batch/fencing-token.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import { allBatches, batchKey, stateKey } from '../../../reference-server/store/keys.ts'
import { openMemoryStore } from '../../../reference-server/store/memory.ts'
import type { Store, Write } from '../../../reference-server/store/store.ts'
import { decodeBatch, encodeBatch } from '../../../reference-server/store/stored-batch.ts'
import { decodeState, encodeState } from '../../../reference-server/store/stored-state.ts'
import { settle } from '../../../reference-server/testing/fake-clock.ts'
import { heldStore } from '../../../reference-server/testing/held-store.ts'
import { watch } from '../../../reference-server/testing/outcomes.ts'
import { breakPart } from '../testing/break-part.ts'
import { commitsAreDoneOnceAnotherIsUnderWay } from './commits-are-done-once-another-is-under-way.ts'
import { lastFenceIsNotStored } from './last-fence-is-not-stored.ts'
import { restartKeepsHalfOfABatch } from './restart-keeps-half-of-a-batch.ts'

const fencedBy = (text: string): StreamState => {
  const parsed = parseFencingToken(text)
  if (isRefusal(parsed)) throw new Error(`${text} is a token`)
  return { ...EMPTY_STREAM, fencingToken: parsed.token }
}
const put = (state: StreamState): Write => ({ type: 'put', key: stateKey(1n), value: encodeState(state) })
const tokenIn = async (store: Store): Promise<string> =>
  decodeState(await store.get(stateKey(1n))).fencingToken

test('last-fence-is-not-stored: a token comes to the store with the batch after its own', async () => {
  const { broken, firings } = breakPart(lastFenceIsNotStored, await openMemoryStore())
  await broken.commit([put(fencedBy('mine'))])
  expect([await tokenIn(broken), firings()]).toEqual([NO_FENCE, 1])
  await broken.commit([put(fencedBy('mine'))])
  expect([await tokenIn(broken), firings()]).toEqual(['mine', 1])
})

test('restart-keeps-half-of-a-batch: what this life has written stays whole', async () => {
  const memory = await openMemoryStore()
  const before = breakPart(restartKeepsHalfOfABatch, memory)
  const records = ['a', 'b', 'c'].map((body, index) => ({
    seqNum: BigInt(index),
    timestamp: 1n,
    headers: [],
    body: new TextEncoder().encode(body),
  }))
  await before.broken.commit([{ type: 'put', key: batchKey(1n, 2n), value: encodeBatch(records) }])
  const lengthIn = async (store: Store): Promise<number> => {
    for await (const { value } of store.range(allBatches(1n))) return decodeBatch(value).length
    return 0
  }
  expect([await lengthIn(before.broken), before.firings()]).toEqual([3, 0])
  const after = breakPart(restartKeepsHalfOfABatch, memory)
  expect([await lengthIn(after.broken), after.firings()]).toEqual([2, 1])
})

test('commits-are-done-once-another-is-under-way: a commit alone is done once it is durable', async () => {
  const memory = heldStore(await openMemoryStore())
  const { broken, firings } = breakPart(commitsAreDoneOnceAnotherIsUnderWay, memory)
  memory.hold()
  const alone = watch(broken.commit([]))
  const second = watch(broken.commit([]))
  await settle()
  expect([alone.settled, second.settled, firings()]).toEqual([false, true, 1])
  await memory.release()
  await settle()
  expect(alone.settled).toBe(true)
  await memory.close()
})
