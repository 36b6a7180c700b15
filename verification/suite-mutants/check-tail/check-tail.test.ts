import { expect, test } from 'vitest'
import { EMPTY_STREAM, type StreamState } from '../../../reference-server/semantics/append/stream-state.ts'
import { rules } from '../../../reference-server/semantics/rules.ts'
import { openMemoryStore } from '../../../reference-server/store/memory.ts'
import type { Store } from '../../../reference-server/store/store.ts'
import { settle } from '../../../reference-server/testing/fake-clock.ts'
import { heldStore } from '../../../reference-server/testing/held-store.ts'
import { watch } from '../../../reference-server/testing/outcomes.ts'
import { batch, ok } from '../../../reference-server/testing/test-backend.ts'
import { breakPart } from '../testing/break-part.ts'
import { staleTailDuringCommits } from './stale-tail-during-commits.ts'
import { tailComesBeforeItsRecords } from './tail-comes-before-its-records.ts'
import { tailGoesBack } from './tail-goes-back.ts'

test('stale-tail-during-commits: only while the next append is not durable', () => {
  const { broken, firings } = breakPart(staleTailDuringCommits, rules)
  const after = (state: StreamState) =>
    ok(broken.append(state, batch(['a']), 1n, { mode: 'client-prefer', uncapped: false }, undefined)).state
  const first = after(EMPTY_STREAM)
  expect(broken.checkTail(first).seqNum).toBe(1n)
  expect(firings()).toBe(0)

  const second = after(first)
  expect(rules.checkTail(first).seqNum).toBe(1n)
  expect(broken.checkTail(first).seqNum).toBe(0n)
  expect(firings()).toBe(1)
  expect(broken.checkTail(second).seqNum).toBe(2n)
})

test('tail-comes-before-its-records: only while the next append is not durable', () => {
  const { broken, firings } = breakPart(tailComesBeforeItsRecords, rules)
  const after = (state: StreamState) =>
    ok(broken.append(state, batch(['a']), 1n, { mode: 'client-prefer', uncapped: false }, undefined)).state
  const first = after(EMPTY_STREAM)
  expect(broken.checkTail(first).seqNum).toBe(1n)
  expect(firings()).toBe(0)
  after(first)
  expect(broken.checkTail(first).seqNum).toBe(2n)
  expect(firings()).toBe(1)
})

test('tail-goes-back: a commit is done after the one that began later on the same stream', async () => {
  const memory = heldStore(await openMemoryStore())
  const { broken, firings } = breakPart(tailGoesBack, memory)
  const order = async ({ commit }: Store, ...streams: readonly number[]): Promise<readonly number[]> => {
    memory.hold()
    const done: number[] = []
    const commits = streams.map(async (stream, index) => {
      await commit([{ type: 'put', key: Uint8Array.of(stream), value: new Uint8Array() }])
      done.push(index)
    })
    await memory.release()
    await Promise.all(commits)
    return done
  }
  expect(await order(memory, 7, 7)).toEqual([0, 1])
  expect(await order(broken, 7, 8)).toEqual([0, 1])
  expect(firings()).toBe(0)
  expect(await order(broken, 7, 7)).toEqual([1, 0])
  expect(firings()).toBe(1)
  await memory.close()
})

test('tail-goes-back: a commit alone is done once it is durable', async () => {
  const memory = heldStore(await openMemoryStore())
  const { broken, firings } = breakPart(tailGoesBack, memory)
  memory.hold()
  const waiting = watch(broken.commit([]))
  await settle()
  expect(waiting.settled).toBe(false)
  await memory.release()
  await settle()
  expect(waiting.settled).toBe(true)
  expect(firings()).toBe(0)
  await memory.close()
})
