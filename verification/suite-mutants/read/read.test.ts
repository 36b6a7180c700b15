import { expect, test } from 'vitest'
import { record } from '../../../client/records.ts'
import type { SequencedRecord } from '../../../proto/types.ts'
import { EMPTY_STREAM } from '../../../reference-server/semantics/append/stream-state.ts'
import type { Budget } from '../../../reference-server/semantics/read/read-bounds.ts'
import { type Rules, rules } from '../../../reference-server/semantics/rules.ts'
import { openMemoryStore } from '../../../reference-server/store/memory.ts'
import type { Store } from '../../../reference-server/store/store.ts'
import { admitted, ok } from '../../../reference-server/testing/test-backend.ts'
import { followerSkipsWhatCameMeanwhile } from '../follow/follower-skips-what-came-meanwhile.ts'
import { liveBatchBreaksTheBounds } from '../follow/live-batch-breaks-the-bounds.ts'
import { breakPart } from '../testing/break-part.ts'
import { bytesBoundIgnoresHeaders } from './bytes-bound-ignores-headers.ts'
import { equalTimestampsAreSkipped } from './equal-timestamps-are-skipped.ts'
import { recordsPast127ComeFirst } from './records-past-127-come-first.ts'
import { tailIsReadAsNothing } from './tail-is-read-as-nothing.ts'

const UNBOUNDED: Budget = { count: undefined, bytes: undefined, until: undefined }
const TAIL = { seqNum: 10n, timestamp: 100n }

/** As they come from the store: two records of metered size 15, 5 of it headers. */
const stored: readonly SequencedRecord[] = [0n, 1n].map((seqNum) => ({
  seqNum,
  timestamp: 0n,
  ...record('ab', { headers: [['n', 'vv']] }),
}))

/** As a follower is handed them. */
function appended({ append }: Rules): readonly SequencedRecord[] {
  const batch = admitted({ records: [record('a'), record('b'), record('c')] })
  return ok(append(EMPTY_STREAM, batch, 1n, { mode: 'client-prefer', uncapped: false }, undefined)).records
}

test('tail-is-read-as-nothing, and what is beyond it is still refused', () => {
  const { broken, firings } = breakPart(tailIsReadAsNothing, rules)
  const refused = { refusal: 'unwritten', tail: TAIL }
  const atTail = { from: 'seq-num', seqNum: 10n }
  expect(rules.resolveStart({ seqNum: 10n }, TAIL, false)).toEqual(refused)
  expect(broken.resolveStart({ seqNum: 10n }, TAIL, false)).toEqual(atTail)
  expect(broken.resolveStart({ seqNum: 12n, clamp: true }, TAIL, false)).toEqual(atTail)
  expect(firings()).toBe(2)
  expect(broken.resolveStart({ seqNum: 12n }, TAIL, false)).toEqual(refused)
  expect(broken.resolveStart({ seqNum: 10n }, TAIL, true)).toEqual(atTail)
  expect(firings()).toBe(2)
})

test('equal-timestamps-are-skipped, numbers are not', () => {
  const { broken, firings } = breakPart(equalTimestampsAreSkipped, rules)
  expect(rules.resolveStart({ timestamp: 99n }, TAIL, false)).toEqual({ from: 'timestamp', timestamp: 99n })
  expect(broken.resolveStart({ timestamp: 99n }, TAIL, false)).toEqual({ from: 'timestamp', timestamp: 100n })
  expect(firings()).toBe(1)
  expect(broken.resolveStart({ seqNum: 9n }, TAIL, false)).toEqual({ from: 'seq-num', seqNum: 9n })
  expect(firings()).toBe(1)
})

test('bytes-bound-ignores-headers', () => {
  const { broken, firings } = breakPart(bytesBoundIgnoresHeaders, rules)
  const take = ({ takeRecords }: Rules, budget: Partial<Budget>) =>
    takeRecords(stored, { ...UNBOUNDED, ...budget })
  expect(take(rules, { bytes: 20n })).toMatchObject({ records: stored.slice(0, 1), done: true })
  expect(take(broken, { bytes: 20n })).toMatchObject({ records: stored, left: { bytes: 0n }, done: true })
  expect(firings()).toBe(1)
  expect(take(broken, { count: 1n }).records).toEqual(stored.slice(0, 1))
  expect(firings()).toBe(1)
})

test('live-batch-breaks-the-bounds, a stored one does not', () => {
  const { broken, firings } = breakPart(liveBatchBreaksTheBounds, rules)
  const live = appended(broken)
  const bounded = { ...UNBOUNDED, count: 1n }
  expect(rules.takeRecords(live, bounded).records).toEqual(live.slice(0, 1))
  expect(broken.takeRecords(live, bounded)).toMatchObject({ records: live, done: true })
  expect(firings()).toBe(1)
  expect(broken.takeRecords(stored, bounded).records).toEqual(stored.slice(0, 1))
  expect(firings()).toBe(1)
})

test('follower-skips-what-came-meanwhile: the first record of a second page, nothing else', () => {
  const { broken, firings } = breakPart(followerSkipsWhatCameMeanwhile, rules)
  const first = broken.takeRecords(stored, UNBOUNDED)
  expect(first.records).toEqual(stored)
  expect(rules.takeRecords(stored, first.left).records).toEqual(stored)
  expect(firings()).toBe(0)

  expect(broken.takeRecords(stored, first.left).records).toEqual(stored.slice(1))
  expect(firings()).toBe(1)
  const live = appended(broken)
  expect(broken.takeRecords(live, first.left).records).toEqual(live)
  expect(firings()).toBe(1)
})

test('follower-skips-what-came-meanwhile: a reader that pages through old records misses none', () => {
  const { broken, firings } = breakPart(followerSkipsWhatCameMeanwhile, rules)
  const page = Array.from({ length: 1000 }, () => stored).flat()
  const { left } = broken.takeRecords(page, UNBOUNDED)
  expect(broken.takeRecords(page, left).records).toEqual(page)
  expect(firings()).toBe(0)
})

test('records-past-127-come-first', async () => {
  const store = await openMemoryStore()
  const { broken, firings } = breakPart(recordsPast127ComeFirst, store)
  const keys = [0x00, 0x7e, 0x7f, 0x80, 0xff]
  await broken.commit(
    keys.map((byte) => ({ type: 'put', key: Uint8Array.of(4, byte), value: new Uint8Array() })),
  )
  const lastBytes = async ({ range }: Store, to: number) => {
    const found = []
    const entries = range({ from: Uint8Array.of(4, 0), to: Uint8Array.of(4, to) })
    for await (const { key } of entries) found.push(key[1])
    return found
  }
  expect(await lastBytes(store, 0xff)).toEqual([0x00, 0x7e, 0x7f, 0x80])
  expect(await lastBytes(broken, 0xff)).toEqual([0x80, 0x00, 0x7e, 0x7f])
  expect(firings()).toBe(1)
  expect(await lastBytes(broken, 0x7f)).toEqual([0x00, 0x7e])
  expect(firings()).toBe(1)
  await store.close()
})
