import { record, trim } from '../../../client/records.ts'
import type { ReadQuery } from '../../../client/stream-client.ts'
import { MAX_U64 } from '../../../proto/limits.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { READERS, SESSIONS } from '../transports.ts'
import { expectLadder, ladder, ladderTail, newLadder } from './ladder.ts'
import { expectCleanEnd, PROMPT_SECONDS } from './sessions.ts'
import { measured } from './waiting.ts'

export const bounds: readonly Requirement[] = [
  requirement('READ-020', '`count`', { on: READERS }, async (context) => {
    const { expect } = context
    const stream = await newLadder(context)
    const counts = [
      [1n, 1],
      [3n, 3],
      [9n, 9],
      [10n, 10],
      [11n, 10],
    ] as const
    for (const [count, held] of counts) {
      expectLadder(expect, await stream.read({ seqNum: 0n, count }), 0, held)
    }
    expectLadder(expect, await stream.read({ seqNum: 4n, count: 3n }), 4, 3)
    expectLadder(expect, await stream.read({ tailOffset: 3n, count: 2n }), 7, 2)
    expectLadder(expect, await stream.read({ timestamp: 450n, count: 2n }), 4, 2)
  }),

  requirement('READ-021', '`bytes`', { on: READERS }, async (context) => {
    const { newStream, expect } = context
    const ladderStream = await newLadder(context)
    const ladderBounds = [
      [20n, 1],
      [39n, 1],
      [40n, 2],
      [59n, 2],
      [60n, 3],
      [199n, 9],
      [200n, 10],
      [201n, 10],
    ] as const
    for (const [bytes, held] of ladderBounds) {
      expectLadder(expect, await ladderStream.read({ seqNum: 0n, bytes }), 0, held)
    }

    const stream = await newStream()
    expect.ok(await stream.append({ records: sized.slice(0, 2) }))
    expect.ok(await stream.append({ records: sized.slice(2) }))
    const sums = [8n, 21n, 33n, 56n, 78n, 88n]
    for (const [index, sum] of sums.entries()) {
      const exact = expect.ok(await stream.read({ seqNum: 0n, bytes: sum }))
      expect.records(exact.records, 0n, sized.slice(0, index + 1))
      const oneLess = expect.ok(await stream.read({ seqNum: 0n, bytes: sum - 1n }))
      expect.records(oneLess.records, 0n, sized.slice(0, index))
    }
  }),

  onStream('READ-022', '`bytes` smaller than the first record', { on: READERS }, async (context) => {
    const { stream, expect } = context
    // Metered size 100, then one that would fit.
    const sent = [record('x'.repeat(92)), record('y')]
    expect.ok(await stream.append({ records: sent }))
    for (const bytes of [1n, 9n, 99n]) {
      const { records } = expect.ok(await stream.read({ seqNum: 0n, bytes }))
      expect.equal(records, [], `records within ${bytes} bytes`)
    }
    expect.records(expect.ok(await stream.read({ seqNum: 0n, bytes: 100n })).records, 0n, sent.slice(0, 1))
    expect.equal(
      expect.ok(await stream.read({ seqNum: 0n, bytes: 99n, count: 5n })).records,
      [],
      'with count',
    )
  }),

  requirement('READ-023', '`count=0` or `bytes=0` with data available', { on: READERS }, async (context) => {
    const { expect } = context
    const stream = await newLadder(context)
    const zeros: readonly ReadQuery[] = [
      { count: 0n },
      { bytes: 0n },
      { count: 0n, bytes: 0n },
      { count: 0n, bytes: MAX_U64 },
      { count: MAX_U64, bytes: 0n },
    ]
    for (const zero of zeros) {
      for (const start of [{ seqNum: 0n }, { seqNum: 9n }, { timestamp: 450n }, { tailOffset: 3n }]) {
        expect.equal(expect.ok(await stream.read({ ...start, ...zero })).records, [], 'records')
      }
    }
  }),

  requirement('READ-024', '`count=0` or `bytes=0` anywhere', { on: READERS }, async (context) => {
    const { expect } = context
    const stream = await newLadder(context)
    const starts: readonly ReadQuery[] = [
      { seqNum: 10n },
      { seqNum: 11n },
      { timestamp: 1001n },
      { tailOffset: 0n },
      {},
    ]
    for (const start of starts) {
      for (const zero of [{ count: 0n }, { bytes: 0n }, { count: 0n, wait: 30 }]) {
        const { value, ms } = await measured(context, stream.read({ ...start, ...zero }))
        expect.equal(expect.ok(value).records, [], 'records')
        expect.that(ms < 25_000, 'the answer does not sit out a wait', ms)
      }
    }
    expect.refused(await stream.read({ seqNum: 11n, count: 1n }), 416, { tail: ladderTail })
  }),

  requirement('READ-029', 'Combined bounds', { on: READERS }, async (context) => {
    const { expect } = context
    const stream = await newLadder(context)
    const bounds: readonly (readonly [ReadQuery, number])[] = [
      [{ count: 5n, bytes: 60n }, 3],
      [{ count: 2n, bytes: 60n }, 2],
      [{ count: 3n, bytes: 60n }, 3],
      [{ count: 5n, until: 301n }, 3],
      [{ count: 2n, until: 301n }, 2],
      [{ bytes: 60n, until: 201n }, 2],
      [{ bytes: 60n, until: 901n }, 3],
      [{ count: 1n, bytes: 60n, until: 901n }, 1],
      [{ count: 9n, bytes: 79n, until: 901n }, 3],
      [{ count: 9n, bytes: 190n, until: 701n }, 7],
      [{ count: 99n, bytes: 999n, until: 9999n }, 10],
    ]
    for (const [bound, held] of bounds) {
      expectLadder(expect, await stream.read({ seqNum: 0n, ...bound }), 0, held)
      expectLadder(expect, await stream.read({ tailOffset: 10n, ...bound }), 0, held)
    }
  }),

  requirement('READ-049', 'Bounded session without wait', { on: SESSIONS }, async (context) => {
    const { expect } = context
    const stream = await newLadder(context)
    const bounds: readonly (readonly [ReadQuery, number])[] = [
      [{ count: 4n }, 4],
      [{ bytes: 80n }, 4],
      [{ until: 401n }, 4],
      [{ count: 11n }, 10],
      [{ bytes: 5000n }, 10],
      [{ until: 5000n }, 10],
      [{ count: 11n, wait: 0 }, 10],
    ]
    for (const [bound, held] of bounds) {
      const session = await stream.openRead({ seqNum: 0n, ...bound })
      expect.records(expectCleanEnd(expect, await session.rest(PROMPT_SECONDS)), 0n, ladder.slice(0, held))
    }
  }),
]

/** Metered sizes 8, 13, 12, 23, 22, 10: in sums 8, 21, 33, 56, 78, 88. */
const sized = [
  record(),
  record('hello'),
  record('', { headers: [['a', 'b']] }),
  record('xyz', {
    headers: [
      ['k1', 'v1'],
      ['k2', 'v2'],
    ],
  }),
  trim(0n),
  record('é'),
]
