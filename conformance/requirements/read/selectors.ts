import { batch, record } from '../../../client/records.ts'
import type { ReadQuery } from '../../../client/stream-client.ts'
import { MAX_U64 } from '../../../proto/limits.ts'
import { row } from '../../catalogue/catalogue.ts'
import type { Requirement } from '../../check/requirement.ts'
import { READERS } from '../transports.ts'
import { bounded, expectLadder, ladderTail, newLadder } from './ladder.ts'
import { expectOneOfThem, readWhileAppending } from './waiting.ts'

export const startSelectors: Requirement = {
  ...row('READ-001'),
  needs: [],
  on: READERS,
  async check(context) {
    const { expect, transport } = context
    const stream = await newLadder(context)
    const read = (query: ReadQuery) => stream.read(bounded(transport, query))

    expectLadder(expect, await read({ seqNum: 0n }), 0)
    expectLadder(expect, await read({ timestamp: 0n }), 0)
    expectLadder(expect, await read({ tailOffset: MAX_U64 }), 0)
    expect.refused(await read({ tailOffset: 0n }), 416, { tail: ladderTail })
    expect.refused(await read({ seqNum: MAX_U64 }), 416, { tail: ladderTail })
    expect.refused(await read({ timestamp: MAX_U64 }), 416, { tail: ladderTail })
  },
}

export const startDefaultsToTail: Requirement = {
  ...row('READ-002'),
  needs: [],
  on: READERS,
  async check(context) {
    const { expect, transport } = context
    const stream = await newLadder(context)

    expect.refused(await stream.read(bounded(transport, {})), 416, { tail: ladderTail })

    const waited = await readWhileAppending(context, stream, { wait: 20, count: 1n }, batch('new'))
    expectOneOfThem(context, waited, 10n, record('new'))
  },
}

export const startTakesOneSelector: Requirement = {
  ...row('READ-003'),
  needs: [],
  on: READERS,
  async check(context) {
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
  },
}

export const startBySeqNum: Requirement = {
  ...row('READ-004'),
  needs: [],
  on: READERS,
  async check(context) {
    const { expect, transport } = context
    const stream = await newLadder(context)
    for (const first of [0, 1, 5, 8, 9]) {
      expectLadder(expect, await stream.read(bounded(transport, { seqNum: BigInt(first) })), first)
    }
  },
}

export const startByTailOffset: Requirement = {
  ...row('READ-006'),
  needs: [],
  on: READERS,
  async check(context) {
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
  },
}

export const startAtLastRecord: Requirement = {
  ...row('READ-018'),
  needs: [],
  on: READERS,
  async check(context) {
    const { expect, transport } = context
    const stream = await newLadder(context)
    expectLadder(expect, await stream.read(bounded(transport, { seqNum: 9n })), 9, 1)
    expectLadder(expect, await stream.read(bounded(transport, { tailOffset: 1n })), 9, 1)
    expectLadder(expect, await stream.read(bounded(transport, { tailOffset: 1n, wait: 1 })), 9, 1)
  },
}

export const largestParameters: Requirement = {
  ...row('READ-071'),
  needs: [],
  on: READERS,
  async check(context) {
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
  },
}
