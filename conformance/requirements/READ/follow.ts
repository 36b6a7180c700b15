import { InconclusiveError } from '../../../client/failures.ts'
import { batch, record } from '../../../client/records.ts'
import type { ReadSession } from '../../../client/stream-client.ts'
import type { AppendRecord } from '../../../proto/types.ts'
import type { CheckContext } from '../../check/context.ts'
import type { Expect } from '../../check/expect.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { SESSIONS } from '../transports.ts'
import { ladder, newLadder } from './ladder.ts'
import { expectCleanEnd, PROMPT_SECONDS, untilFollowing } from './sessions.ts'

export const follow: readonly Requirement[] = [
  requirement('READ-047', 'Session without bounds and without wait', { on: SESSIONS }, async (context) => {
    const { expect } = context
    const stream = await newLadder(context)
    const session = await stream.openRead({ seqNum: 0n })
    expect.records(await untilFollowing(expect, session), 0n, ladder)
    for (let round = 0n; round < 5n; round += 1n) {
      expect.ok(await stream.append(batch('a', 'b')))
      expect.records(await session.records(2), 10n + 2n * round, [record('a'), record('b')])
    }
    session.cancel()

    const atTail = await stream.openRead({})
    expect.equal(await untilFollowing(expect, atTail), [], 'records of a session that starts at the tail')
    expect.ok(await stream.append(batch('c')))
    expect.records(await atTail.records(1), 20n, [record('c')])
    atTail.cancel()
  }),

  requirement('READ-048', 'Session without bounds and `wait=0`', { on: SESSIONS }, async (context) => {
    const { expect } = context
    const stream = await newLadder(context)
    const starts = [
      [{ seqNum: 0n }, 0],
      [{ seqNum: 7n }, 7],
      [{ tailOffset: 1n }, 9],
      [{ timestamp: 450n }, 4],
      [{ seqNum: 10n }, 10],
      [{ tailOffset: 0n }, 10],
      [{}, 10],
      [{ seqNum: 11n, clamp: true }, 10],
    ] as const
    for (const [start, first] of starts) {
      const session = await stream.openRead({ ...start, wait: 0 })
      expect.records(
        expectCleanEnd(expect, await session.rest(PROMPT_SECONDS)),
        BigInt(first),
        ladder.slice(first),
      )
    }
  }),

  requirement('READ-050', 'Session with `wait=w`', { on: SESSIONS, seconds: 2 }, async (context) => {
    const { expect, now } = context
    const stream = await newLadder(context)
    const queries = [
      [{ seqNum: 10n, wait: 2 }, 10, 1900],
      [{ seqNum: 3n, wait: 1 }, 3, 900],
      [{ seqNum: 3n, wait: 1, count: 100n }, 3, 900],
      [{ seqNum: 10n, wait: 1, bytes: 100n }, 10, 900],
    ] as const
    await Promise.all(
      queries.map(async ([query, first, leastMs]) => {
        const started = now()
        const session = await stream.openRead(query)
        const delivered = expectCleanEnd(expect, await session.rest(PROMPT_SECONDS))
        expect.records(delivered, BigInt(first), ladder.slice(first))
        expect.that(now() - started >= leastMs, `wait=${query.wait} is sat out at the tail`, now() - started)
      }),
    )
  }),

  requirement(
    'READ-051',
    'Delivered records restart the wait',
    { on: SESSIONS, seconds: 10, patience: 90 },
    async (context) => {
      for (const { wait, pauseMs } of RHYTHMS) {
        if (await followsArrivals(context, wait, pauseMs)) return
      }
      throw new InconclusiveError('the records came too far apart to keep the session waiting')
    },
  ),

  onStream('READ-055', 'Follow latency', { on: SESSIONS }, async ({ stream, expect, now, record: note }) => {
    const session = await stream.openRead({ seqNum: 0n })
    expect.equal(await untilFollowing(expect, session), [], 'records of an empty stream')
    const lags: number[] = []
    for (let round = 0n; round < 5n; round += 1n) {
      expect.ok(await stream.append(batch('tick')))
      const acked = now()
      expect.records(await session.records(1), round, [record('tick')])
      lags.push(now() - acked)
    }
    session.cancel()
    note(`delivered within ${Math.round(Math.max(...lags))} ms of the ack`)
    expect.that(Math.max(...lags) < 10_000, 'delivered at about the time of the ack', lags)
  }),

  onStream('READ-053', 'Follow is gapless and exactly once', { on: SESSIONS }, async ({ stream, expect }) => {
    const padding = 'x'.repeat(4000)
    const write = async (writer: number): Promise<readonly (readonly [bigint, string])[]> => {
      const written: (readonly [bigint, string])[] = []
      for (let index = 0; index < APPENDS / WRITERS; index += 1) {
        const body = `${writer}/${index} ${padding}`
        const ack = expect.ok(await stream.append({ records: [record(body)] }))
        written.push([ack.start.seqNum, body])
      }
      return written
    }
    // The first session joins before the records. None is read until all are written.
    const sessions = [await stream.openRead({ seqNum: 0n })]
    const join = async (): Promise<void> => {
      while (sessions.length <= JOINERS) sessions.push(await stream.openRead({ seqNum: 0n }))
    }
    const first = await write(0)
    const [others] = await Promise.all([Promise.all([1, 2, 3].map(write)), join()])

    const sent = [first, ...others].flat().toSorted(([left], [right]) => Number(left - right))
    const bodies = sent.map(([, body]) => record(body))
    expect.equal(
      sent.map(([start]) => start),
      sent.map((_, index) => BigInt(index)),
      'numbers that were acknowledged',
    )
    for (const session of sessions) {
      await expectFollowed(expect, session, bodies)
      session.cancel()
    }
    const whole = await stream.read({ seqNum: 0n, count: BigInt(APPENDS) })
    expect.records(expect.ok(whole).records, 0n, bodies)
  }),

  onStream('READ-054', 'Only durable records are delivered', { on: SESSIONS }, async ({ stream, expect }) => {
    const session = await stream.openRead({ seqNum: 0n })
    const appends = 40
    const appendAll = async (): Promise<void> => {
      for (let index = 0; index < appends; index += 1) expect.ok(await stream.append(batch('a', 'b')))
    }
    const follow = async (): Promise<void> => {
      let next = 0n
      while (next < BigInt(appends * 2)) {
        // In all: heartbeats go on where a record is lost, and no other would come.
        const delivered = await session.records(1, PROMPT_SECONDS)
        const all = Array.from({ length: appends }, () => [record('a'), record('b')]).flat()
        expect.that(delivered.length > 0, 'records that were waited for', delivered.length)
        expect.records(delivered, next, all.slice(Number(next), Number(next) + delivered.length))
        next += BigInt(delivered.length)
        const tail = expect.ok(await stream.checkTail())
        expect.that(tail.seqNum >= next, `the tail is beyond ${next - 1n}, which a follower has`, tail.seqNum)
      }
    }
    await Promise.all([appendAll(), follow()])
    session.cancel()
  }),
]

const ARRIVALS = 5

/** Together the pauses outlast the wait. The longer ones are for a server or a machine too slow for the short ones. */
const RHYTHMS = [
  { wait: 4, pauseMs: 1200 },
  { wait: 15, pauseMs: 4000 },
] as const

/** Whether the records came in time; when they did, the session is alive until `wait` seconds after the last. */
async function followsArrivals(
  { newStream, expect, sleep, now }: CheckContext,
  wait: number,
  pauseMs: number,
): Promise<boolean> {
  const stream = await newStream()
  let sent = now()
  const session = await stream.openRead({ seqNum: 0n, wait })
  for (let arrival = 0; arrival < ARRIVALS; arrival += 1) {
    await sleep(pauseMs)
    const before = now()
    expect.ok(await stream.append(batch('tick')))
    if (now() - sent > wait * 1000 - 500) {
      session.cancel()
      return false
    }
    expect.records(await session.records(1), BigInt(arrival), [record('tick')])
    sent = before
  }
  expect.equal(
    expectCleanEnd(expect, await session.rest(wait + PROMPT_SECONDS)),
    [],
    'records after the last arrival',
  )
  expect.that(now() - sent >= wait * 1000 - 100, 'the wait begins again with the last record', now() - sent)
  return true
}

const APPENDS = 120

const WRITERS = 4

/** Sessions that join while records are written, so that some are appended while one of them catches up. */
const JOINERS = 6

/** Judges batch by batch: a hole shows when it comes, and at the end by silence, though there are heartbeats. */
async function expectFollowed(
  expect: Expect,
  session: ReadSession,
  sent: readonly AppendRecord[],
): Promise<void> {
  for (let seen = 0; seen < sent.length; ) {
    const records = await session.records(1, PROMPT_SECONDS)
    expect.records(records, BigInt(seen), sent.slice(seen, seen + records.length))
    seen += records.length
  }
}
