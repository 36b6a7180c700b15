import { batch, record } from '../../../client/records.ts'
import type { ReadEvent, ReadQuery, ReadSession, RequestOptions } from '../../../client/stream-client.ts'
import type { SequencedRecord } from '../../../proto/types.ts'
import type { CheckContext } from '../../check/context.ts'
import type { Expect } from '../../check/expect.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { expectLadder, ladder, ladderTail, newLadder } from '../READ/ladder.ts'
import { expectCleanEnd, untilFollowing } from '../READ/sessions.ts'
import { APPENDERS } from '../transports.ts'

const after = (id: string): RequestOptions => ({ headers: { 'last-event-id': id } })

export const resume: readonly Requirement[] = [
  requirement('SSE-009', 'Resume header', async (context) => {
    const { expect } = context
    const stream = (await newLadder(context)).over('sse')
    const resumes: readonly (readonly [ReadQuery, string, number, number])[] = [
      [{ seqNum: 0n, count: 5n }, '2,3,60', 3, 2],
      [{ seqNum: 0n, bytes: 100n }, '2,3,60', 3, 2],
      [{ seqNum: 0n, bytes: 119n }, '2,3,60', 3, 2],
      [{ seqNum: 0n, count: 5n, bytes: 100n }, '2,1,80', 3, 1],
      [{ seqNum: 0n, until: 601n }, '2,3,60', 3, 3],
      [{ seqNum: 0n, wait: 0 }, '2,3,60', 3, 7],
      [{ timestamp: 900n, count: 9n }, '2,7,0', 3, 2],
      [{ tailOffset: 1n, count: 9n }, '4,7,0', 5, 2],
      [{ count: 9n }, '8,3,60', 9, 1],
      [{ seqNum: 0n, count: 2n }, '2,5,100', 3, 0],
      [{ seqNum: 0n, bytes: 2n }, '2,5,100', 3, 0],
      [{ seqNum: 0n, count: 3n }, '0,0,0', 1, 3],
    ]
    for (const [query, id, first, count] of resumes) {
      expectLadder(expect, await stream.read(query, after(id)), first, count)
    }
    const binary = await stream.over('base64').openRead({ seqNum: 0n, count: 5n }, after('2,3,60'))
    expect.records(expectCleanEnd(expect, await binary.rest()), 3n, ladder.slice(3, 5))
  }),

  requirement('SSE-010', 'Resume is exact', async (context) => {
    const { newStream, expect, record: note } = context
    const stream = (await newStream()).over('sse')
    const received: SequencedRecord[] = []
    let appended = 0
    const append = async (count: number): Promise<void> => {
      const records = Array.from({ length: count }, (_, index) => record(`record no. ${appended + index}`))
      expect.ok(await stream.append({ records }))
      appended += count
    }
    let id: string | undefined
    const connect = (): Promise<ReadSession> =>
      stream.openRead({ seqNum: 0n }, id === undefined ? {} : after(id))

    for (let cut = 0; cut < 6; cut += 1) {
      await append(3)
      const session = await connect()
      if (cut % 2 === 0) {
        await append(2)
      }
      const event = await nextBatch(expect, session)
      received.push(...event.batch.records)
      id = event.id
      session.cancel()
    }
    const last = await connect()
    await append(1)
    while (received.length < appended) received.push(...(await last.records(1)))
    last.cancel()
    const sent = Array.from({ length: appended }, (_, index) => record(`record no. ${index}`))
    expect.records(received, 0n, sent)
    note(`${await totalOfBoundedChain(context)} records came of count=10 over two reconnects`)
  }),

  requirement('SSE-011', 'Invalid Last-Event-ID', async (context) => {
    const { expect } = context
    const stream = (await newLadder(context)).over('sse')
    const invalid = [
      'abc',
      '1',
      '1,2',
      '1,2,3,4',
      '-1,0,0',
      '',
      '1, 2, 3',
      '1,2,x',
      '1.0,2,3',
      '18446744073709551616,0,0',
    ]
    for (const id of invalid) {
      expect.refused(await stream.openReadAnswer({ seqNum: 0n, count: 1n }, after(id)), 400, 'bad_header')
    }
  }),

  requirement('SSE-012', 'Ignored outside SSE', { on: APPENDERS }, async (context) => {
    const { expect } = context
    const stream = await newLadder(context)
    for (const id of ['2,3,60', '99,1,1', 'abc', '']) {
      expectLadder(expect, await stream.read({ seqNum: 1n, count: 5n }, after(id)), 1, 5)
    }
  }),

  requirement('SSE-013', 'Resume with everything consumed', async (context) => {
    const { expect } = context
    const stream = (await newLadder(context)).over('sse')
    const resumes: readonly (readonly [ReadQuery, string])[] = [
      [{ seqNum: 0n, count: 5n }, '4,5,100'],
      [{ seqNum: 0n, count: 5n }, '4,6,100'],
      [{ seqNum: 0n, bytes: 100n }, '4,5,100'],
      [{ seqNum: 0n, count: 10n }, '9,10,200'],
      [{ seqNum: 0n, count: 10n, wait: 30 }, '9,10,200'],
      [{ seqNum: 0n, bytes: 200n, wait: 30 }, '9,10,200'],
    ]
    for (const [query, id] of resumes) {
      const session = await stream.openRead(query, after(id))
      expect.equal(await session.rest(20), [{ kind: 'end' }], 'the whole session')
    }
  }),

  requirement('SSE-014', 'Resume at the tail of an unbounded session', async (context) => {
    const { expect } = context
    const stream = (await newLadder(context)).over('sse')
    const session = await stream.openRead({ seqNum: 0n }, after('9,10,200'))
    expect.equal(await untilFollowing(expect, session), [], 'records at the tail')
    expect.ok(await stream.append(batch('a', 'b')))
    expect.records(await session.records(2), 10n, [record('a'), record('b')])
    session.cancel()
  }),

  requirement('SSE-015', 'Resume past the tail', async (context) => {
    const { expect } = context
    const stream = (await newLadder(context)).over('sse')
    for (const seqNum of ['10', '99', '18446744073709551614', '18446744073709551615']) {
      const id = after(`${seqNum},1,20`)
      expect.refused(await stream.openReadAnswer({ seqNum: 0n }, id), 416, { tail: ladderTail })
      expect.refused(await stream.openReadAnswer({ seqNum: 0n, count: 5n }, id), 416, { tail: ladderTail })
      const clamped = await stream.openRead({ seqNum: 0n, clamp: true, wait: 0 }, id)
      expect.equal(await clamped.rest(), [{ kind: 'end' }], 'the whole session from the tail')
    }
    const following = await stream.openRead({ seqNum: 0n, clamp: true }, after('99,1,20'))
    expect.equal(await untilFollowing(expect, following), [], 'records at the tail')
    expect.ok(await stream.append(batch('a')))
    expect.records(await following.records(1), 10n, [record('a')])
    following.cancel()
  }),

  requirement('SSE-016', 'Resume with timestamp and until', async (context) => {
    const { expect } = context
    const stream = (await newLadder(context)).over('sse')
    expect.refused(await stream.read({ timestamp: 601n, until: 501n }), 422, 'invalid')
    expectLadder(expect, await stream.read({ timestamp: 601n, until: 501n }, after('2,1,20')), 3, 2)
    expectLadder(expect, await stream.read({ timestamp: 10n, until: 5n }, after('2,1,20')), 3, 0)
    const conflicts: readonly ReadQuery[] = [
      { seqNum: 0n, timestamp: 100n },
      { seqNum: 0n, tailOffset: 1n },
      { timestamp: 100n, tailOffset: 1n },
    ]
    for (const query of conflicts) {
      expect.refused(await stream.openReadAnswer(query, after('2,1,20')), 422, 'invalid')
    }
  }),
]

/** Whether the ids of a resumed session go on counting is left open: how many records a bounded chain brings. */
async function totalOfBoundedChain({ newStream, expect }: CheckContext): Promise<number> {
  const stream = (await newStream()).over('sse')
  const received: SequencedRecord[] = []
  let id: RequestOptions = {}
  for (const count of [4, 3, 13]) {
    const records = Array.from({ length: count }, () => record('same'))
    expect.ok(await stream.append({ records }))
    const session = await stream.openRead({ seqNum: 0n, count: 10n }, id)
    const event = await nextBatch(expect, session)
    received.push(...event.batch.records)
    id = after(event.id)
    session.cancel()
  }
  expect.that(received.length >= 10, 'records of a chain with count=10', received.length)
  expect.records(
    received,
    0n,
    received.map(() => record('same')),
  )
  return received.length
}

type Batch = Extract<ReadEvent, { readonly kind: 'batch' }>

/** The next batch of a session that goes on; its id names its last record first (SSE-004). */
async function nextBatch(expect: Expect, session: ReadSession): Promise<Batch & { readonly id: string }> {
  const event = await session.next()
  if (event.kind === 'heartbeat') return await nextBatch(expect, session)
  if (event.kind !== 'batch') {
    expect.that(false, 'a session that goes on', event.kind)
    throw new Error('unreachable')
  }
  const id = event.id ?? 'none'
  const last = event.batch.records.at(-1)?.seqNum
  const isId = /^\d+,\d+,\d+$/.test(id) && id.startsWith(`${last},`)
  expect.that(isId, `the id of a batch that ends with record ${last}`, id)
  return { ...event, id }
}
