import { batch, record } from '../../../client/records.ts'
import type { ReadQuery } from '../../../client/stream-client.ts'
import { MAX_U64 } from '../../../proto/limits.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { READERS } from '../transports.ts'
import { bounded, expectLadder, ladderTail, newLadder } from './ladder.ts'
import { expectOneOfThem, measured, readWhileAppending } from './waiting.ts'

export const atTheTail: readonly Requirement[] = [
  requirement('READ-007', 'Beyond the tail, `seq_num`', { on: READERS }, async (context) => {
    const { expect, transport } = context
    const stream = await newLadder(context)
    const waits: readonly ReadQuery[] = [{}, { wait: 0 }, { wait: 30 }]
    for (const seqNum of [11n, 12n, MAX_U64]) {
      for (const wait of waits) {
        const refused = await measured(context, stream.read(bounded(transport, { seqNum, ...wait })))
        expect.refused(refused.value, 416, { tail: ladderTail })
        expect.that(refused.ms < 25_000, 'the refusal does not sit out the wait of 30 s', refused.ms)
      }
      // Unbounded on a session, which would follow for ever from a position that it accepts.
      expect.refused(await stream.read({ seqNum }), 416, { tail: ladderTail })
    }
  }),

  requirement('READ-009', 'At the tail, not following', { on: READERS }, async (context) => {
    const { expect, transport } = context
    const stream = await newLadder(context)
    const starts: readonly ReadQuery[] = [{ seqNum: 10n }, { tailOffset: 0n }, {}]
    const ends: readonly ReadQuery[] = [
      { count: 5n },
      { bytes: 100n },
      { until: 5000n },
      { count: 5n, wait: 0 },
      { bytes: 100n, wait: 0 },
      { until: 5000n, wait: 0 },
    ]
    for (const start of starts) {
      expect.refused(await stream.read(bounded(transport, start)), 416, { tail: ladderTail })
      expect.refused(await stream.read(bounded(transport, { ...start, wait: 0 })), 416, { tail: ladderTail })
      for (const end of ends) {
        expect.refused(await stream.read({ ...start, ...end }), 416, { tail: ladderTail })
      }
    }
  }),

  requirement('READ-010', 'At the tail, following', { on: READERS, seconds: 1 }, async (context) => {
    const { expect, transport } = context
    const stream = await newLadder(context)
    const starts: readonly ReadQuery[] = [{ seqNum: 10n }, { tailOffset: 0n }, {}]
    await Promise.all(
      starts.map(async (start) => {
        const { value, ms } = await measured(context, stream.read(bounded(transport, { ...start, wait: 1 })))
        expect.equal(expect.ok(value).records, [], 'records of a wait in which none was appended')
        expect.that(ms >= 900, 'the answer waits for 1 s', ms)
      }),
    )
    const { answer } = await readWhileAppending(
      context,
      stream,
      { seqNum: 10n, wait: 20, count: 1n },
      batch('new'),
    )
    expect.records(expect.ok(answer).records, 10n, [record('new')])
  }),

  requirement(
    'READ-011',
    '`clamp=true` beyond the tail, following',
    { on: READERS, seconds: 1 },
    async (context) => {
      const { expect } = context
      const stream = await newLadder(context)
      const starts: readonly ReadQuery[] = [{ seqNum: 11n }, { seqNum: MAX_U64 }, { timestamp: 1001n }]
      await Promise.all(
        starts.map(async (start) => {
          const waiting = stream.read({ ...start, clamp: true, wait: 1, count: 1n })
          const { value, ms } = await measured(context, waiting)
          expect.equal(expect.ok(value).records, [], 'records of a wait in which none was appended')
          expect.that(ms >= 900, 'the answer waits for 1 s', ms)
        }),
      )
      const fromTail = { seqNum: MAX_U64, clamp: true, wait: 20, count: 1n }
      const waited = await readWhileAppending(context, stream, fromTail, batch('new'))
      expectOneOfThem(context, waited, 10n, record('new'))
    },
  ),

  requirement('READ-012', '`clamp=true` beyond the tail, not following', { on: READERS }, async (context) => {
    const { expect, transport } = context
    const stream = await newLadder(context)
    const starts: readonly ReadQuery[] = [
      { seqNum: 10n },
      { seqNum: 11n },
      { seqNum: MAX_U64 },
      { tailOffset: 0n },
      { timestamp: 1001n },
      { timestamp: MAX_U64 },
      {},
    ]
    for (const start of starts) {
      const query = bounded(transport, { ...start, clamp: true })
      expect.refused(await stream.read(query), 416, { tail: ladderTail })
      expect.refused(await stream.read({ ...query, wait: 0 }), 416, { tail: ladderTail })
    }
  }),

  requirement('READ-013', '`clamp=true` within range', { on: READERS }, async (context) => {
    const { expect, transport } = context
    const stream = await newLadder(context)
    const starts: readonly (readonly [ReadQuery, number])[] = [
      [{ seqNum: 0n }, 0],
      [{ seqNum: 9n }, 9],
      [{ tailOffset: 3n }, 7],
      [{ tailOffset: 99n }, 0],
      [{ timestamp: 450n }, 4],
      [{ timestamp: 1000n }, 9],
    ]
    for (const [start, first] of starts) {
      for (const clamp of [true, false]) {
        expectLadder(expect, await stream.read(bounded(transport, { ...start, clamp })), first)
      }
    }
    for (const beyond of [{ seqNum: 11n }, { timestamp: 1001n }]) {
      const query = bounded(transport, { ...beyond, clamp: false, wait: 1 })
      expect.refused(await stream.read(query), 416, { tail: ladderTail })
    }
  }),

  onStream('READ-014', 'Empty stream, `seq_num=0`', { on: READERS }, async (context) => {
    const { stream, expect, transport } = context
    const tail = { seqNum: 0n, timestamp: 0n }
    const starts: readonly ReadQuery[] = [{ seqNum: 0n }, { tailOffset: 0n }, { tailOffset: 5n }, {}]
    for (const start of starts) {
      expect.refused(await stream.read(bounded(transport, start)), 416, { tail })
    }
    expect.refused(await stream.read(bounded(transport, { seqNum: 1n })), 416, { tail })
  }),
]
