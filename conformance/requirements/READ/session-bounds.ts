import { record } from '../../../client/records.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { SESSIONS } from '../transports.ts'
import { ladder, newLadder } from './ladder.ts'
import { expectCleanEnd, PROMPT_SECONDS, untilFollowing } from './sessions.ts'

/** A bound must end a session long before its wait does. */
const WAIT = 60

export const sessionBounds: readonly Requirement[] = [
  requirement('READ-034', 'Session limits span the session', { on: SESSIONS }, async (context) => {
    const { newStream, expect } = context
    // The batches that arrive after the first three records: beyond the bound, and exactly up to it.
    const arrivals = [[5, 4], [4, 3], [1, 1, 1, 1, 1, 1, 1], [50]]
    for (const sizes of arrivals) {
      const stream = await newStream()
      const sent = Array.from({ length: 60 }, (_, index) => record(`record no. ${index}`))
      expect.ok(await stream.append({ records: sent.slice(0, 3) }))
      const session = await stream.openRead({ seqNum: 0n, count: 10n, wait: WAIT })
      expect.records(await untilFollowing(expect, session), 0n, sent.slice(0, 3))

      let appended = 3
      for (const size of sizes) {
        expect.ok(await stream.append({ records: sent.slice(appended, appended + size) }))
        appended += size
      }
      const live = expectCleanEnd(expect, await session.rest(PROMPT_SECONDS))
      expect.records(live, 3n, sent.slice(3, 10))
    }

    const caughtUp = await newLadder(context)
    const session = await caughtUp.openRead({ seqNum: 0n, count: 10n, wait: WAIT })
    expect.records(expectCleanEnd(expect, await session.rest(PROMPT_SECONDS)), 0n, ladder)
  }),

  requirement(
    'READ-035',
    'Session `bytes` limit truncates a live batch',
    { on: SESSIONS },
    async ({ newStream, expect }) => {
      const bounds = [
        [19n, 0],
        [20n, 1],
        [60n, 3],
        [79n, 3],
        [199n, 9],
        [200n, 10],
      ] as const
      for (const [bytes, held] of bounds) {
        const stream = await newStream()
        const session = await stream.openRead({ seqNum: 0n, bytes, wait: WAIT })
        expect.equal(await untilFollowing(expect, session), [], 'records of an empty stream')
        expect.ok(await stream.append({ records: ladder }))
        const delivered = expectCleanEnd(expect, await session.rest(PROMPT_SECONDS))
        expect.records(delivered, 0n, ladder.slice(0, held))
      }

      const caughtUp = await newStream()
      expect.ok(await caughtUp.append({ records: ladder }))
      const session = await caughtUp.openRead({ seqNum: 0n, bytes: 200n, wait: WAIT })
      expect.records(expectCleanEnd(expect, await session.rest(PROMPT_SECONDS)), 0n, ladder)
    },
  ),

  onStream('READ-036', 'Session `until` during follow', { on: SESSIONS }, async ({ stream, expect }) => {
    const session = await stream.openRead({ seqNum: 0n, until: 401n, wait: WAIT })
    expect.equal(await untilFollowing(expect, session), [], 'records of an empty stream')
    // Its wall clock passed `until` long ago: only a record with such a timestamp, or the wait, ends the session.
    expect.ok(await stream.append({ records: ladder.slice(0, 2) }))
    expect.records(await session.records(2), 0n, ladder.slice(0, 2))
    expect.ok(await stream.append({ records: ladder.slice(2) }))
    const rest = expectCleanEnd(expect, await session.rest(PROMPT_SECONDS))
    expect.records(rest, 2n, ladder.slice(2, 4))

    const refusedAtOnce = await stream.openRead({ seqNum: 10n, until: 401n, wait: WAIT })
    expect.equal(await untilFollowing(expect, refusedAtOnce), [], 'records at the tail')
    expect.ok(await stream.append({ records: [record('later', { timestamp: 1001n })] }))
    expect.equal(expectCleanEnd(expect, await refusedAtOnce.rest(PROMPT_SECONDS)), [], 'records past `until`')
    expect.equal(expect.ok(await stream.checkTail()), { seqNum: 11n, timestamp: 1001n }, 'tail')
  }),

  requirement('READ-037', 'Session batches respect 1000 / 1 MiB', { on: SESSIONS }, async (context) => {
    const { newStream, expect } = context
    const many = Array.from({ length: 2500 }, (_, index) => record(`${index}`))
    const large = Array.from({ length: 24 }, (_, index) => record(`${index % 10}`.repeat(SIZE - 8)))
    const stream = await newStream()
    const appends = [many.slice(0, 900), many.slice(900, 1800), many.slice(1800), ...inGroups(large, 8)]
    for (const records of appends) expect.ok(await stream.append({ records }))

    const session = await stream.openRead({ seqNum: 0n, wait: 0 })
    const events = await session.rest(PROMPT_SECONDS)
    expect.records(expectCleanEnd(expect, events), 0n, [...many, ...large])
    const batches = events.filter((event) => event.kind === 'batch').map(({ batch }) => batch.records)
    const counts = batches.map((records) => records.length)
    const sizes = batches.map((records) => records.reduce((sum, { body }) => sum + 8 + body.length, 0))
    expect.that(Math.max(...counts) <= 1000, 'every batch has at most 1000 records', counts)
    expect.that(Math.max(...sizes) <= MIB, 'every batch has at most 1 MiB', sizes)
  }),
]

const MIB = 1_048_576

const SIZE = 100_000

function inGroups<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return items.flatMap((_, index) => (index % size === 0 ? [items.slice(index, index + size)] : []))
}
