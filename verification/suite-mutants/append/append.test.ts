import { expect, test } from 'vitest'
import { record } from '../../../client/records.ts'
import { MAX_METERED_BYTES } from '../../../proto/limits.ts'
import type { AppendRecord } from '../../../proto/types.ts'
import { EMPTY_STREAM } from '../../../reference-server/semantics/append/stream-state.ts'
import type { Timestamping } from '../../../reference-server/semantics/append/timestamping.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import { type Rules, rules } from '../../../reference-server/semantics/rules.ts'
import { admitted, batch, fence, ok } from '../../../reference-server/testing/test-backend.ts'
import { twoWinnersOfACondition } from '../conditions/two-winners-of-a-condition.ts'
import { unfencedStreamTakesAnyToken } from '../conditions/unfenced-stream-takes-any-token.ts'
import { breakPart } from '../testing/break-part.ts'
import { futureTimestampsAreKept } from '../timestamps/future-timestamps-are-kept.ts'
import { timestampsFallWithinABatch } from '../timestamps/timestamps-fall-within-a-batch.ts'
import { largestBatchIsRefused } from './largest-batch-is-refused.ts'

const TIMESTAMPING: Timestamping = { mode: 'client-prefer', uncapped: false }
const NOW = 1_000_000n

test('two-winners-of-a-condition: within a millisecond a second append meets the state before the first', () => {
  const { broken, firings } = breakPart(twoWinnersOfACondition, rules)
  const conditional = batch(['a'], { matchSeqNum: 0n })
  const appendTwice = ({ append }: Rules, later: bigint) => {
    const { state } = ok(append(EMPTY_STREAM, conditional, NOW, TIMESTAMPING, undefined))
    return append(state, conditional, NOW + later, TIMESTAMPING, undefined)
  }
  const refused = { refusal: 'seq-num-mismatch', actual: 1n }
  expect(appendTwice(rules, 0n)).toEqual(refused)
  expect(appendTwice(broken, 2n)).toEqual(refused)
  expect(firings()).toBe(0)
  expect(appendTwice(broken, 1n)).toMatchObject({ start: { seqNum: 1n }, end: { seqNum: 2n } })
  expect(firings()).toBe(1)
})

test('two-winners-of-a-condition: the number that was right is refused', () => {
  const { broken } = breakPart(twoWinnersOfACondition, rules)
  const { state } = ok(broken.append(EMPTY_STREAM, batch(['a']), NOW, TIMESTAMPING, undefined))
  const next = batch(['b'], { matchSeqNum: 1n })
  expect(ok(rules.append(state, next, NOW, TIMESTAMPING, undefined)).start.seqNum).toBe(1n)
  expect(broken.append(state, next, NOW, TIMESTAMPING, undefined)).toEqual({
    refusal: 'seq-num-mismatch',
    actual: 0n,
  })
})

test('unfenced-stream-takes-any-token, until there is a fence', () => {
  const { broken, firings } = breakPart(unfencedStreamTakesAnyToken, rules)
  const stray = batch(['a'], { fencingToken: 'stray' })
  const refused = { refusal: 'fencing-token-mismatch', actual: '' }
  expect(rules.append(EMPTY_STREAM, stray, NOW, TIMESTAMPING, undefined)).toEqual(refused)
  expect(isRefusal(broken.append(EMPTY_STREAM, stray, NOW, TIMESTAMPING, undefined))).toBe(false)
  expect(firings()).toBe(1)

  const { state } = ok(broken.append(EMPTY_STREAM, fence('token'), NOW, TIMESTAMPING, undefined))
  expect(broken.append(state, stray, NOW, TIMESTAMPING, undefined)).toEqual({ ...refused, actual: 'token' })
  expect(firings()).toBe(1)
})

test('largest-batch-is-refused, the one below is not', () => {
  const { broken, firings } = breakPart(largestBatchIsRefused, rules)
  const ofSize = (size: bigint): readonly AppendRecord[] => [record(new Uint8Array(Number(size) - 8))]
  const largest = { records: ofSize(MAX_METERED_BYTES) }
  expect(isRefusal(rules.admitBatch(largest))).toBe(false)
  expect(broken.admitBatch(largest)).toMatchObject({ refusal: 'error', code: 'invalid' })
  expect(firings()).toBe(1)
  expect(isRefusal(broken.admitBatch({ records: ofSize(MAX_METERED_BYTES - 1n) }))).toBe(false)
  expect(firings()).toBe(1)
})

test('timestamps-fall-within-a-batch, and not below the batch before', () => {
  const { broken, firings } = breakPart(timestampsFallWithinABatch, rules)
  const falling = admitted({ records: [30n, 10n, 20n].map((timestamp) => record('x', { timestamp })) })
  const state = { ...EMPTY_STREAM, tail: { seqNum: 5n, timestamp: 15n } }
  const stamp = ({ append }: Rules) => {
    const { records, end, state: after } = ok(append(state, falling, NOW, TIMESTAMPING, undefined))
    expect(after.tail).toEqual(end)
    return [...records.map(({ timestamp }) => timestamp), end.timestamp]
  }
  expect(stamp(rules)).toEqual([30n, 30n, 30n, 30n])
  expect(stamp(broken)).toEqual([30n, 15n, 20n, 20n])
  expect(firings()).toBe(2)
})

test('future-timestamps-are-kept', () => {
  const { broken, firings } = breakPart(futureTimestampsAreKept, rules)
  const stamp = ({ append }: Rules, timestamp: bigint) => {
    const given = admitted({ records: [record('x', { timestamp })] })
    return ok(append(EMPTY_STREAM, given, NOW, TIMESTAMPING, undefined)).end.timestamp
  }
  expect(stamp(rules, NOW + 1n)).toBe(NOW)
  expect(stamp(broken, NOW + 1n)).toBe(NOW + 1n)
  expect(firings()).toBe(1)
  expect(stamp(broken, NOW)).toBe(NOW)
  expect(firings()).toBe(1)
})
