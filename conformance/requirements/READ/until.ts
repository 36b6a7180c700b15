import { record } from '../../../client/records.ts'
import type { ReadQuery } from '../../../client/stream-client.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { READERS } from '../transports.ts'
import { bounded, expectLadder, newLadder } from './ladder.ts'

export const until: readonly Requirement[] = [
  requirement('READ-025', '`until` is exclusive', { on: READERS }, async ({ newStream, expect }) => {
    const sent = [1000n, 2000n, 2000n, 3000n].map((timestamp, index) =>
      record(`record no. ${index}`, { timestamp }),
    )
    const stream = await newStream()
    expect.ok(await stream.append({ records: sent }))
    const bounds = [
      [1001n, 1],
      [1999n, 1],
      [2000n, 1],
      [2001n, 3],
      [3000n, 3],
      [3001n, 4],
    ] as const
    for (const [until, held] of bounds) {
      const { records } = expect.ok(await stream.read({ seqNum: 0n, until }))
      expect.records(records, 0n, sent.slice(0, held))
    }
    const fromTimestamp = expect.ok(await stream.read({ timestamp: 2000n, until: 2001n }))
    expect.records(fromTimestamp.records, 1n, sent.slice(1, 3))
  }),

  requirement('READ-026', '`until` at or before the first record', { on: READERS }, async (context) => {
    const { expect } = context
    const stream = await newLadder(context)
    const queries: readonly ReadQuery[] = [
      { seqNum: 0n, until: 0n },
      { seqNum: 0n, until: 100n },
      { seqNum: 4n, until: 100n },
      { seqNum: 4n, until: 500n },
      { tailOffset: 1n, until: 1000n },
      { timestamp: 250n, until: 260n },
      { seqNum: 0n, until: 100n, count: 5n },
    ]
    for (const query of queries) {
      expect.equal(expect.ok(await stream.read(query)).records, [], 'records')
    }
  }),

  requirement('READ-027', '`until` after everything', { on: READERS }, async (context) => {
    const { expect } = context
    const stream = await newLadder(context)
    for (const until of [1001n, 50_000n, 32_503_680_000_000n]) {
      expectLadder(expect, await stream.read({ seqNum: 0n, until }), 0)
      expectLadder(expect, await stream.read({ tailOffset: 2n, until }), 8)
    }
  }),

  requirement('READ-028', '`timestamp` >= `until`', { on: READERS }, async (context) => {
    const { expect, transport } = context
    const stream = await newLadder(context)
    const conflicts: readonly ReadQuery[] = [
      { timestamp: 0n, until: 0n },
      { timestamp: 301n, until: 301n },
      { timestamp: 302n, until: 301n },
      { timestamp: 5000n, until: 5000n },
      { timestamp: 5000n, until: 100n, clamp: true },
      { timestamp: 301n, until: 301n, wait: 1, count: 1n },
    ]
    for (const query of conflicts) {
      expect.refused(await stream.read(bounded(transport, query)), 422, 'invalid')
    }
    expectLadder(expect, await stream.read({ timestamp: 300n, until: 301n }), 2, 1)
    expect.equal(
      expect.ok(await stream.read({ seqNum: 5n, until: 0n })).records,
      [],
      'a number is no timestamp',
    )
  }),
]
