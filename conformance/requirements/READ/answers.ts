import { record } from '../../../client/records.ts'
import type { ReadQuery } from '../../../client/stream-client.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { READERS, SESSIONS } from '../transports.ts'
import { bounded, expectLadder, expectStamped, isSession, ladder, newLadder } from './ladder.ts'
import { expectCleanEnd, PROMPT_SECONDS, untilFollowing } from './sessions.ts'
import { readWhileAppending } from './waiting.ts'

const late = (index: number, timestamp: bigint) => record(`record no. ${index}`, { timestamp })

export const answers: readonly Requirement[] = [
  requirement('READ-062', '`tail` in answers is optional', { on: READERS }, async (context) => {
    const { expect, record: note } = context
    const stream = await newLadder(context)
    const input = { records: [late(10, 1100n), late(11, 1200n)] }
    const live = { seqNum: 10n, wait: 20, count: 1n }
    const sent = [...ladder, ...input.records]
    const answers = [
      [await stream.read({ seqNum: 0n, count: 10n }), 0, 10],
      [await stream.read({ tailOffset: 1n, count: 1n }), 9, 10],
      [(await readWhileAppending(context, stream, live, input)).answer, 10, 11],
      [await stream.read({ seqNum: 9n, count: 2n, wait: 5 }), 9, 11],
    ] as const
    for (const [answer, first, behind] of answers) {
      const { records, tail } = expect.ok(answer)
      expectStamped(expect, records, BigInt(first), sent.slice(first, behind))
      const last = expect.present(records.at(-1), 'a record')
      const told = tail === undefined ? 'no tail' : `tail ${tail.seqNum}, ${tail.timestamp}`
      note(`${told} after record ${last.seqNum}, ${last.timestamp}`)
      expect.that((tail?.seqNum ?? last.seqNum + 1n) > last.seqNum, 'tail.seq_num, if it came', tail)
      expect.that((tail?.timestamp ?? last.timestamp) >= last.timestamp, 'tail.timestamp, if it came', tail)
    }
  }),

  requirement('READ-063', 'When lite sends `tail`', { on: READERS, seconds: 1 }, async (context) => {
    const { eventually, expect, transport } = context
    const stream = await newLadder(context)
    const stored = expect.ok(await stream.read(bounded(transport, { seqNum: 0n })))
    expect.equal(stored.tail, undefined, 'tail of an answer from storage')
    const recent = expect.ok(await stream.read(bounded(transport, { tailOffset: 1n })))
    expect.equal(recent.tail, undefined, 'tail of an answer with the last record')

    // A session tells the tail by a heartbeat when it begins to wait, a unary answer keeps it to itself.
    const tail = isSession(transport) ? { seqNum: 10n, timestamp: 1000n } : undefined
    const expired = expect.ok(await stream.read(bounded(transport, { seqNum: 10n, wait: 1 })))
    expect.equal(expired.tail, tail, 'tail of a wait that expired')
    const ignored = expect.ok(await stream.read(bounded(transport, { seqNum: 8n, wait: 1 })))
    expect.equal(ignored.tail, tail, 'tail of an answer from storage with a wait')

    // A read whose request arrives behind the append is answered from storage, and says nothing: then once more.
    const live = await eventually('a tail with a live batch', 30, async () => {
      const waited = await newLadder(context)
      const query = { seqNum: 10n, wait: 20, count: 1n }
      const input = { records: [late(10, 1100n), late(11, 1200n)] }
      const { answer } = await readWhileAppending(context, waited, query, input)
      const { records, tail } = expect.ok(answer)
      expect.equal(records.length, 1, 'records of the bounded read')
      return tail
    })
    expect.equal(live, { seqNum: 12n, timestamp: 1200n }, 'tail after the whole live batch')
  }),

  requirement('READ-064', 'When an empty answer is legal', { on: READERS }, async (context) => {
    const { expect, transport } = context
    const stream = await newLadder(context)
    const starts: readonly (readonly [ReadQuery, number])[] = [
      [{ seqNum: 0n }, 0],
      [{ seqNum: 9n }, 9],
      [{ timestamp: 1n }, 0],
      [{ timestamp: 901n }, 9],
      [{ tailOffset: 1n }, 9],
      [{ tailOffset: 10n }, 0],
    ]
    const ends: readonly ReadQuery[] = [
      {},
      { wait: 1, count: 1n },
      { count: 1n },
      { bytes: 20n },
      { until: 1001n },
      { count: 1n, bytes: 20n, until: 1001n },
    ]
    for (const [start, first] of starts) {
      for (const end of ends) {
        const { records } = expect.ok(await stream.read(bounded(transport, { ...start, ...end })))
        expect.that(
          records.length > 0,
          `records of an answer to ${JSON.stringify(Object.keys(end))}`,
          records,
        )
        expect.records(records, BigInt(first), ladder.slice(first, first + records.length))
      }
    }
    expectLadder(expect, await stream.read(bounded(transport, { seqNum: 0n })), 0)
  }),

  requirement('READ-065', 'Empty session output', { on: SESSIONS, seconds: 1 }, async (context) => {
    const { expect, transport } = context
    const stream = await newLadder(context)
    const queries: readonly ReadQuery[] = [
      { seqNum: 0n, wait: 1 },
      { seqNum: 10n, wait: 1 },
      { seqNum: 0n, wait: 0 },
      { seqNum: 10n, wait: 0 },
      { seqNum: 0n, count: 0n },
      { seqNum: 0n, bytes: 19n },
      { seqNum: 0n, until: 100n },
      { seqNum: 9n, count: 5n, wait: 1 },
    ]
    const sessions = await Promise.all(
      queries.map(async (query) => (await stream.openRead(query)).rest(PROMPT_SECONDS)),
    )
    const events = sessions.flat()
    const batches = events.flatMap((event) => (event.kind === 'batch' ? [event.batch.records.length] : []))
    expect.that(batches.length >= 3 && !batches.includes(0), 'every batch holds a record', batches)
    const [, fromTheTail = []] = sessions
    // To others, which come there late behind their records, the wait may be over.
    expect.that(
      fromTheTail.some(({ kind }) => kind === 'heartbeat'),
      'a session that begins at the tail, and waits, sends a heartbeat',
      fromTheTail,
    )
    const tails = events.flatMap((event) => (event.kind === 'heartbeat' ? [event.tail] : []))
    const untold = tails.filter((tail) => tail === undefined).length
    expect.that(
      transport === 'sse' || untold === 0,
      'every heartbeat over S2S has a tail',
      `${untold} without`,
    )
    const held = [ladder, [], ladder, [], [], [], [], ladder.slice(9)]
    for (const [index, session] of sessions.entries()) {
      const first = index === queries.length - 1 ? 9n : 0n
      expect.records(expectCleanEnd(expect, session), first, held[index] ?? [])
    }
  }),

  requirement('READ-066', 'Reads have no side effects', { on: READERS, seconds: 1 }, async (context) => {
    const { basin, expect, transport } = context
    const stream = await newLadder(context)
    const configBefore = expect.ok(await basin.getStreamConfig(stream.name))
    const before = expect.ok(await stream.read(bounded(transport, { seqNum: 0n })))
    const reads: readonly ReadQuery[] = [
      { seqNum: 0n, count: 3n },
      { seqNum: 10n, wait: 1 },
      { timestamp: 450n },
      { tailOffset: 2n },
    ]
    for (const query of reads) expect.ok(await stream.read(bounded(transport, query)))
    expect.refused(await stream.read(bounded(transport, { seqNum: 99n })), 416, {
      tail: { seqNum: 10n, timestamp: 1000n },
    })
    const following = await stream.over(isSession(transport) ? transport : 's2s').openRead({ seqNum: 0n })
    expect.records(await untilFollowing(expect, following), 0n, ladder)
    following.cancel()

    const after = expect.ok(await stream.read(bounded(transport, { seqNum: 0n })))
    expect.equal(after.records, before.records, 'the records')
    expect.equal(expect.ok(await stream.checkTail()), { seqNum: 10n, timestamp: 1000n }, 'the tail')
    expect.equal(expect.ok(await basin.getStreamConfig(stream.name)), configBefore, 'the configuration')
    const unfenced = await stream.append({ records: [record('next')], matchSeqNum: 10n, fencingToken: '' })
    expect.equal(expect.ok(unfenced).start.seqNum, 10n, 'the number of the next record')
  }),
]
