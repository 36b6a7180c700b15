import { batch, record } from '../../../client/records.ts'
import type { ReadQuery } from '../../../client/stream-client.ts'
import { MAX_U64 } from '../../../proto/limits.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { READERS } from '../transports.ts'
import { bounded, expectLadder, ladderTail, newLadder } from './ladder.ts'
import { expectOneOfThem, readWhileAppending } from './waiting.ts'

export const selectors: readonly Requirement[] = [
  requirement('READ-001', 'Start selectors', { on: READERS }, async (context) => {
    const { expect, transport } = context
    const stream = await newLadder(context)
    const read = (query: ReadQuery) => stream.read(bounded(transport, query))

    expectLadder(expect, await read({ seqNum: 0n }), 0)
    expectLadder(expect, await read({ timestamp: 0n }), 0)
    expectLadder(expect, await read({ tailOffset: MAX_U64 }), 0)
    expect.refused(await read({ tailOffset: 0n }), 416, { tail: ladderTail })
    expect.refused(await read({ seqNum: MAX_U64 }), 416, { tail: ladderTail })
    expect.refused(await read({ timestamp: MAX_U64 }), 416, { tail: ladderTail })
  }),

  requirement('READ-002', 'Default start', { on: READERS }, async (context) => {
    const { expect, transport } = context
    const stream = await newLadder(context)

    expect.refused(await stream.read(bounded(transport, {})), 416, { tail: ladderTail })

    const waited = await readWhileAppending(context, stream, { wait: 20, count: 1n }, batch('new'))
    expectOneOfThem(context, waited, 10n, record('new'))
  }),

  requirement('READ-003', 'More than one selector', { on: READERS }, async (context) => {
    const { expect, transport } = context
    const stream = await newLadder(context)
    const conflicts: readonly ReadQuery[] = [
      { seqNum: 3n, timestamp: 400n },
      { seqNum: 3n, tailOffset: 7n },
      { timestamp: 400n, tailOffset: 7n },
      { seqNum: 3n, timestamp: 400n, tailOffset: 7n },
      { seqNum: 0n, timestamp: 0n },
      { seqNum: 0n, tailOffset: 0n },
      { seqNum: 10n, tailOffset: 0n, wait: 1 },
      { seqNum: 0n, timestamp: 0n, tailOffset: 0n, clamp: true },
    ]
    for (const query of conflicts) {
      expect.refused(await stream.read(bounded(transport, query)), 422, 'invalid')
    }
  }),

  requirement('READ-004', '`seq_num`', { on: READERS }, async (context) => {
    const { expect, transport } = context
    const stream = await newLadder(context)
    for (const first of [0, 1, 5, 8, 9]) {
      expectLadder(expect, await stream.read(bounded(transport, { seqNum: BigInt(first) })), first)
    }
  }),

  requirement('READ-006', '`tail_offset`', { on: READERS }, async (context) => {
    const { expect, transport } = context
    const stream = await newLadder(context)
    const starts = [
      [1n, 9],
      [3n, 7],
      [9n, 1],
      [10n, 0],
      [11n, 0],
      [99n, 0],
    ] as const
    for (const [tailOffset, first] of starts) {
      expectLadder(expect, await stream.read(bounded(transport, { tailOffset })), first)
    }

    expect.ok(await stream.append(batch('k', 'l')))
    const { records } = expect.ok(await stream.read(bounded(transport, { tailOffset: 3n })))
    expect.equal(
      records.map(({ seqNum }) => seqNum),
      [9n, 10n, 11n],
      'numbers from tail_offset=3 after two more records',
    )
  }),

  requirement('READ-018', 'Start at the last record', { on: READERS }, async (context) => {
    const { expect, transport } = context
    const stream = await newLadder(context)
    expectLadder(expect, await stream.read(bounded(transport, { seqNum: 9n })), 9, 1)
    expectLadder(expect, await stream.read(bounded(transport, { tailOffset: 1n })), 9, 1)
    expectLadder(expect, await stream.read(bounded(transport, { tailOffset: 1n, wait: 1 })), 9, 1)
  }),

  requirement('READ-071', 'Very large parameters', { on: READERS }, async (context) => {
    const { expect, transport } = context
    const stream = await newLadder(context)
    const unlimited: readonly ReadQuery[] = [
      { tailOffset: MAX_U64 },
      { seqNum: 0n, count: MAX_U64 },
      { seqNum: 0n, bytes: MAX_U64 },
      { seqNum: 0n, until: MAX_U64 },
      { tailOffset: MAX_U64, count: MAX_U64, bytes: MAX_U64, until: MAX_U64 },
      { timestamp: 0n, count: MAX_U64, bytes: MAX_U64, until: MAX_U64 },
    ]
    for (const query of unlimited) expectLadder(expect, await stream.read(bounded(transport, query)), 0)

    const largest = { seqNum: MAX_U64, count: MAX_U64, bytes: MAX_U64 }
    expect.refused(await stream.read(largest), 416, { tail: ladderTail })
    expect.refused(await stream.read({ ...largest, clamp: true }), 416, { tail: ladderTail })
  }),
]
