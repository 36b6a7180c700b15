import { batch, record } from '../../../client/records.ts'
import type { ReadQuery } from '../../../client/stream-client.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { READERS, UNARY_READERS } from '../transports.ts'
import { bounded, expectLadder, ladderTail, newLadder } from './ladder.ts'
import { measured, readWhileAppending } from './waiting.ts'

export const longPoll: readonly Requirement[] = [
  requirement(
    'READ-040',
    'Unary with data available ignores wait',
    { on: UNARY_READERS },
    async (context) => {
      const { expect } = context
      const stream = await newLadder(context)
      const queries: readonly (readonly [ReadQuery, number])[] = [
        [{ seqNum: 0n }, 0],
        [{ seqNum: 9n }, 9],
        [{ tailOffset: 3n }, 7],
        [{ timestamp: 450n }, 4],
      ]
      for (const [query, first] of queries) {
        const { value, ms } = await measured(context, stream.read({ ...query, wait: 30 }))
        expectLadder(expect, value, first)
        expect.that(ms < 25_000, 'the answer does not sit out the wait of 30 s', ms)
      }
    },
  ),

  requirement('READ-041', 'Unary long poll, record arrives', { on: UNARY_READERS }, async (context) => {
    const { expect, record: note } = context
    const stream = await newLadder(context)
    const { value, ms } = await measured(
      context,
      readWhileAppending(context, stream, { seqNum: 10n, wait: 30 }, batch('new', 'newer')),
    )
    const { records } = expect.ok(value.answer)
    const sent = Array.from({ length: value.appended }, () => [record('new'), record('newer')]).flat()
    expect.that(records.length >= 1, 'at least the first record of the append that came', records.length)
    expect.records(records, 10n, sent.slice(0, records.length))
    note(`answered with ${records.length} of them`)
    expect.that(ms < 25_000, 'the answer comes with the record, not with the end of the wait', ms)
  }),

  requirement(
    'READ-042',
    'Unary long poll, nothing arrives',
    { on: UNARY_READERS, seconds: 2 },
    async (context) => {
      const { expect } = context
      const stream = await newLadder(context)
      const { value, ms } = await measured(context, stream.read({ seqNum: 10n, wait: 2 }))
      expect.equal(expect.ok(value).records, [], 'records')
      expect.that(ms >= 1900, 'not earlier than after 2 s', ms)
      expect.that(ms < 30_000, 'not much later than after 2 s', ms)
      expect.equal(expect.ok(await stream.checkTail()), ladderTail, 'tail')
    },
  ),

  requirement(
    'READ-043',
    'Unary wait is capped at 60 s',
    { on: UNARY_READERS, seconds: 60 },
    async (context) => {
      const { expect, record: note } = context
      const stream = await newLadder(context)
      const { value, ms } = await measured(context, stream.read({ seqNum: 10n, wait: 3600 }))
      expect.status(value, 200, 400, 422)
      note(`answered after ${Math.round(ms / 1000)} s`)
      expect.defaulted(value.value?.records, [], 'records')
      expect.that(ms < 90_000, 'the wait is at most about 60 s', ms)
      expect.that(value.status !== 200 || ms >= 59_000, 'a wait that is cut is cut to 60 s', ms)
    },
  ),

  requirement('READ-044', '`wait=0`', { on: READERS }, async (context) => {
    const { expect, transport } = context
    const stream = await newLadder(context)
    const atTail = bounded(transport, { seqNum: 10n })
    expect.refused(await stream.read({ ...atTail, wait: 0 }), 416, { tail: ladderTail })
    expect.refused(await stream.read(atTail), 416, { tail: ladderTail })
    expectLadder(expect, await stream.read({ seqNum: 4n, count: 3n, wait: 0 }), 4, 3)
    expectLadder(expect, await stream.read({ seqNum: 4n, count: 30n, wait: 0 }), 4)
  }),

  requirement('READ-045', 'Long poll bounds apply', { on: UNARY_READERS }, async (context) => {
    const { expect } = context
    const sent = [record('one'), record('two'), record('three')]
    const bounds: readonly (readonly [ReadQuery, number])[] = [
      [{ count: 1n }, 1],
      [{ count: 2n }, 2],
      [{ bytes: 11n }, 1],
      [{ bytes: 22n }, 2],
      [{ bytes: 10n }, 0],
    ]
    await Promise.all(
      bounds.map(async ([bound, held]) => {
        const stream = await newLadder(context)
        const query = { seqNum: 10n, wait: 30, ...bound }
        const waited = readWhileAppending(context, stream, query, { records: sent })
        const { value, ms } = await measured(context, waited)
        expect.records(expect.ok(value.answer).records, 10n, sent.slice(0, held))
        expect.that(ms < 25_000, 'the answer comes with the append', ms)
      }),
    )
  }),

  requirement('READ-046', 'Long poll and until', { on: UNARY_READERS }, async (context) => {
    const { expect } = context
    const at = (timestamp: bigint) => record(`at ${timestamp}`, { timestamp })
    const arrivals = [
      [[at(2000n)], 0],
      [[at(2001n)], 0],
      [[at(1999n), at(2000n)], 1],
    ] as const
    await Promise.all(
      arrivals.map(async ([records, held]) => {
        const stream = await newLadder(context)
        const query = { seqNum: 10n, wait: 30, until: 2000n }
        const { value, ms } = await measured(context, readWhileAppending(context, stream, query, { records }))
        expect.records(expect.ok(value.answer).records, 10n, records.slice(0, held))
        expect.that(ms < 25_000, 'the answer comes with the append', ms)
      }),
    )
  }),
]
