import { expect, test } from 'vitest'
import { fence, record, trim } from '../../../client/records.ts'
import type { SequencedRecord } from '../../../proto/types.ts'
import { EMPTY_STREAM } from '../../../reference-server/semantics/append/stream-state.ts'
import type { Timestamping } from '../../../reference-server/semantics/append/timestamping.ts'
import { type Rules, rules } from '../../../reference-server/semantics/rules.ts'
import { ok } from '../../../reference-server/testing/test-backend.ts'
import { breakPart } from '../testing/break-part.ts'
import { commandsAreHiddenFromReaders } from './commands-are-hidden-from-readers.ts'
import { trimArgumentIsLittleEndian } from './trim-argument-is-little-endian.ts'
import { trimTakesWhatComesLater } from './trim-takes-what-comes-later.ts'

const TIMESTAMPING: Timestamping = { mode: 'client-prefer', uncapped: false }

/** The trim point after this trim has become record 1. */
function trimPointAfter({ admitBatch, append }: Rules, upTo: bigint): bigint {
  const batch = ok(admitBatch({ records: [record('a'), trim(upTo), record('b')] }))
  return ok(append(EMPTY_STREAM, batch, 1n, TIMESTAMPING, undefined)).state.trimPoint
}

test('trim-takes-what-comes-later: only a trim beyond itself does', () => {
  const { broken, firings } = breakPart(trimTakesWhatComesLater, rules)
  expect(trimPointAfter(broken, 2n)).toBe(2n)
  expect(firings()).toBe(0)
  expect(trimPointAfter(rules, 100n)).toBe(2n)
  expect(trimPointAfter(broken, 100n)).toBe(100n)
  expect(firings()).toBe(1)
})

test('trim-argument-is-little-endian: one below the tail comes to be one beyond it', () => {
  const { broken, firings } = breakPart(trimArgumentIsLittleEndian, rules)
  expect(trimPointAfter(rules, 1n)).toBe(1n)
  expect(trimPointAfter(broken, 1n)).toBe(2n)
  expect(firings()).toBe(1)
  expect(trimPointAfter(broken, 0n)).toBe(0n)
  expect(firings()).toBe(1)
})

test('commands-are-hidden-from-readers, who count what they see', () => {
  const { broken, firings } = breakPart(commandsAreHiddenFromReaders, rules)
  const records: readonly SequencedRecord[] = [record('a'), fence('t'), record('b'), trim(0n)].map(
    ({ headers, body }, index) => ({ seqNum: BigInt(index), timestamp: 0n, headers, body }),
  )
  const take = ({ takeRecords }: Rules, some: readonly SequencedRecord[]) =>
    takeRecords(some, { count: 2n, bytes: undefined, until: undefined }).records.map(({ seqNum }) => seqNum)
  expect(take(rules, records)).toEqual([0n, 1n])
  expect(take(broken, records)).toEqual([0n, 2n])
  expect(firings()).toBe(1)
  expect(take(broken, records.slice(0, 1))).toEqual([0n])
  expect(firings()).toBe(1)
})
