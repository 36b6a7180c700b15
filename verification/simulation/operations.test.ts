import { describe, expect, test } from 'vitest'
import type { Operation, Seen } from '../../conformance/history/operation.ts'
import { EMPTY_STREAM } from '../../reference-server/semantics/append/stream-state.ts'
import { DEFAULT_BASIN_CONFIG } from '../../reference-server/semantics/resources/config.ts'
import { addressOf } from '../../reference-server/testing/test-backend.ts'
import type { Observed } from './observer.ts'
import { operationsOf } from './operations.ts'
import type { SimulatedStream } from './simulated-stream.ts'
import type { Entry } from './witness.ts'

const records = (...seqNums: readonly number[]): readonly Seen[] =>
  seqNums.map((seqNum) => ({ seqNum: BigInt(seqNum), timestamp: 0n, body: `${seqNum}` }))

const stream: SimulatedStream = {
  index: 0,
  address: addressOf('some-basin', 'stream'),
  kind: 'kept',
  config: DEFAULT_BASIN_CONFIG,
  key: 'none',
  generation: 0,
  certain: undefined,
  toldDeleted: undefined,
}

function trimmed(trimPoint: bigint, durableAt: number): Entry {
  const end = { seqNum: 9n, timestamp: 0n }
  const sequenced = { state: { ...EMPTY_STREAM, tail: end, trimPoint }, records: [], start: end, end }
  return { operation: 0, stream, generation: 0, sequenced, fate: 'durable', durableAt }
}

function readsOf(got: readonly Seen[], kept: readonly Entry[]): readonly Operation[] {
  const observed: Observed = {
    call: { id: 1, client: 1, stream, called: 1, generation: 0, at: 0 },
    returned: 2,
    returnedAt: 100,
    did: { action: 'read', start: { seqNum: 0n }, count: 50 },
    got: { outcome: 'records', records: got, complete: true },
  }
  return operationsOf(observed, records(0, 1, 2, 3, 4, 5, 6, 7, 8), kept)
}

describe('a read', () => {
  test('without a gap is one, wherever it began', () => {
    expect(readsOf(records(4, 5, 6), [trimmed(4n, 50)])).toMatchObject([
      { did: { from: 0n, count: 50 }, got: { records: records(4, 5, 6) } },
    ])
  })

  test('that a trim overtook is two: one up to there, and one from the trim point (CMD-022)', () => {
    expect(readsOf(records(0, 1, 7, 8), [trimmed(7n, 50)])).toMatchObject([
      { did: { from: 0n, count: 2 }, got: { records: records(0, 1) } },
      { did: { from: 7n, count: 48 }, got: { records: records(7, 8) } },
    ])
  })

  test.each([
    { why: 'where no trim is', kept: [] },
    { why: 'elsewhere than at the trim point', kept: [trimmed(6n, 50)] },
    { why: 'before the trim', kept: [trimmed(7n, 101)] },
  ])('with a gap $why is one that has it', ({ kept }) => {
    expect(readsOf(records(0, 1, 7, 8), kept)).toMatchObject([{ got: { records: records(0, 1, 7, 8) } }])
  })
})
