import { expect, test } from 'vitest'
import { type DurableBatch, RecentBatches, RecentMemory } from './recent-batches.ts'

/** Two records, from this number on. */
function batchAt(seqNum: bigint, size = 10n): DurableBatch {
  const records = [seqNum, seqNum + 1n].map((seqNum) => ({
    seqNum,
    timestamp: 0n,
    headers: [],
    body: new Uint8Array(),
  }))
  return { records, size, tail: { seqNum: seqNum + 2n, timestamp: 0n } }
}

const limits = { recentBatches: 3, recentBytes: 40n }

test('nothing is kept without followers, and nothing after the last has left', () => {
  const recent = new RecentBatches(limits, new RecentMemory(1e9))
  recent.push(batchAt(0n))
  expect(recent.at(0n)).toBeUndefined()
  const leave = recent.join()
  const leaveToo = recent.join()
  recent.push(batchAt(2n))
  leave()
  leave()
  expect(recent.at(2n)).toBeDefined()
  leaveToo()
  expect(recent.at(2n)).toBeUndefined()
})

test('a number is found in its batch, from the first that is kept to the last that came', () => {
  const recent = new RecentBatches(limits, new RecentMemory(1e9))
  recent.join()
  for (const seqNum of [0n, 2n, 4n, 6n]) recent.push(batchAt(seqNum))
  expect([0n, 1n, 2n, 3n, 6n, 7n, 8n].map((seqNum) => recent.at(seqNum)?.tail.seqNum)).toEqual([
    undefined,
    undefined,
    4n,
    4n,
    8n,
    8n,
    undefined,
  ])
})

test('bytes are bounded too, and one batch beyond the bound is not kept', () => {
  const recent = new RecentBatches(limits, new RecentMemory(1e9))
  recent.join()
  recent.push(batchAt(0n, 30n))
  recent.push(batchAt(2n, 30n))
  expect([recent.at(0n), recent.at(2n)?.size]).toEqual([undefined, 30n])
  recent.push(batchAt(4n, 41n))
  expect([recent.at(2n), recent.at(4n)]).toEqual([undefined, undefined])
  recent.push(batchAt(6n, 40n))
  expect(recent.at(6n)?.size).toBe(40n)
})

test('where all streams keep too much, none keeps more, until others have let go', () => {
  // A batch of two records takes 522 bytes.
  const memory = new RecentMemory(1100)
  const [one, other] = [new RecentBatches(limits, memory), new RecentBatches(limits, memory)]
  const leave = one.join()
  other.join()
  one.push(batchAt(0n))
  one.push(batchAt(2n))
  other.push(batchAt(0n))
  expect([one.at(0n), one.at(2n), other.at(0n)].map((batch) => batch !== undefined)).toEqual([
    true,
    true,
    false,
  ])
  leave()
  other.push(batchAt(2n))
  other.push(batchAt(4n))
  expect([other.at(2n), other.at(4n)].map((batch) => batch !== undefined)).toEqual([true, true])
})

test('headers count with what they take', () => {
  const recent = new RecentBatches({ recentBatches: 3, recentBytes: 1000n }, new RecentMemory(100_000))
  recent.join()
  const header = { name: new Uint8Array(1), value: new Uint8Array(0) }
  const record = { seqNum: 0n, timestamp: 0n, headers: Array(500).fill(header), body: new Uint8Array() }
  recent.push({ records: [record], size: 500n, tail: { seqNum: 1n, timestamp: 0n } })
  expect(recent.at(0n)).toBeUndefined()
})
