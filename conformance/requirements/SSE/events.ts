import { InconclusiveError } from '../../../client/failures.ts'
import { record } from '../../../client/records.ts'
import { parseJson } from '../../../proto/json.ts'
import { member, readObject, readU64 } from '../../../proto/json-shape.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { GOING } from '../during-deletion.ts'
import { expectStamped, ladder, newLadder } from '../READ/ladder.ts'
import { expectCleanEnd, untilFollowing } from '../READ/sessions.ts'
import { measured } from '../READ/waiting.ts'
import { batchesOf, eventStreamOf, expectDone, readEvents, recordsOf } from './event-stream.ts'

export const events: readonly Requirement[] = [
  requirement('SSE-003', 'Batch event', async (context) => {
    const { expect } = context
    const stream = await newLadder(context)
    const { events } = await readEvents(expect, stream, 'seq_num=2&count=2')
    const [batch, ...others] = batchesOf(events)
    expect.equal(others, [], 'other batches')
    expectDone(expect, events)
    const { id, data } = expect.present(batch, 'a batch event')
    expect.that(/^[0-9]+,[0-9]+,[0-9]+$/.test(id ?? ''), 'its id is three numbers', id)
    expect.equal(
      member(readObject(parseJson(data), 'data'), 'records'),
      [
        { seq_num: 2n, timestamp: 300n, body: 'record no. 2' },
        { seq_num: 3n, timestamp: 400n, body: 'record no. 3' },
      ],
      'records in its data',
    )
  }),

  onStream('SSE-004', 'Meaning of the id', async ({ stream, expect }) => {
    // 2300 records: more than two batches of what may stand in one.
    const sent = Array.from({ length: 2300 }, (_, index) => record(`${index}`.padStart(5, '0')))
    for (let from = 0; from < sent.length; from += 1000) {
      expect.ok(await stream.append({ records: sent.slice(from, from + 1000) }))
    }
    const session = await stream.over('sse').openRead({ seqNum: 5n, wait: 0 })
    const all = await session.rest()
    expectCleanEnd(expect, all)
    const batches = all.filter((event) => event.kind === 'batch')
    let count = 0n
    for (const { batch, id } of batches) {
      count += BigInt(batch.records.length)
      const last = expect.present(batch.records.at(-1), 'a record').seqNum
      expect.equal(id, `${last},${count},${count * 13n}`, `id of the batch that ends with record ${last}`)
      const first = last + 1n - BigInt(batch.records.length)
      expect.records(batch.records, first, sent.slice(Number(first), Number(last) + 1))
    }
    expect.equal(count, 2295n, 'records of all batches')
    expect.that(batches.length >= 3, 'batches', batches.length)
  }),

  onStream('SSE-005', 'Ping event', { seconds: 1 }, async ({ stream, expect, record: note }) => {
    const { end } = expect.ok(await stream.append({ records: [record('at arrival')] }))
    const { events } = await readEvents(expect, stream, 'seq_num=1&wait=1')
    const ping = expect.present(
      events.find(({ event }) => event === 'ping'),
      'a ping event',
    )
    expect.equal(ping.id, undefined, 'its id')
    const data = readObject(parseJson(ping.data), 'data')
    const timestamp = readU64(member(data, 'timestamp'), 'timestamp')
    // Clock against clock of the target, which may be more than one machine.
    const distance = Math.abs(Number(timestamp - end.timestamp))
    expect.that(
      distance < MINUTES_MS,
      `its timestamp is about that of an arrival, ${end.timestamp}`,
      timestamp,
    )
    const tail = member(data, 'tail')
    note(tail === undefined ? 'without tail' : 'with tail')
    const atTail = { seq_num: end.seqNum, timestamp: end.timestamp }
    expect.equal(tail ?? atTail, atTail, 'its tail, if it came')
    expectDone(expect, events)
  }),

  requirement('SSE-006', 'Ping timing', { seconds: 5 }, async (context) => {
    const { expect, now } = context
    const stream = (await newLadder(context)).over('sse')
    const session = await stream.openRead({ seqNum: 0n })
    const opened = now()
    expect.records(await untilFollowing(expect, session), 0n, ladder)
    const first = now()
    expect.that(first - opened < 5000, 'the first ping comes on entering follow', first - opened)
    expect.equal((await session.next(25)).kind, 'heartbeat', 'the next event without data')
    const gap = now() - first
    expect.that(gap > 4000 && gap < 20_000, 'the next ping comes after 5 to 15 s', gap)
    session.cancel()
  }),

  requirement('SSE-007', 'Done event', async (context) => {
    const { expect } = context
    const stream = await newLadder(context)
    const { text, events } = await readEvents(expect, stream, 'seq_num=0&count=10')
    expectDone(expect, events)
    expect.equal(batchesOf(events).length, events.length - 1, 'batches before it')
    expectStamped(expect, recordsOf(events), 0n, ladder)
    expect.that(/data: ?\[DONE\]\s*$/.test(text), 'it ends the body', text.slice(-30))
    const { events: nothing } = await readEvents(expect, stream, 'seq_num=10&wait=0')
    expect.equal(nothing, [{ data: '[DONE]' }], 'events of a session that has nothing to tell')
  }),

  requirement('SSE-008', 'Error event', async (context) => {
    const { basin, expect, record: note } = context
    const stream = await newLadder(context)
    const deleteWhileFollowed = async (): Promise<void> => {
      // Two more sessions, one after the other, give the first one time to begin.
      for (let session = 0; session < 2; session += 1) {
        const following = await stream.over('sse').openRead({ seqNum: 0n })
        expect.records(await untilFollowing(expect, following), 0n, ladder)
      }
      expect.status(await basin.deleteStream(stream.name), 202)
    }
    const path = `${stream.recordsPath}?seq_num=0`
    const headers = { accept: 'text/event-stream' }
    const [answer] = await Promise.all([stream.raw({ method: 'GET', path, headers }), deleteWhileFollowed()])
    if (answer.status !== 200) {
      expect.refusedAs(answer, GOING)
      throw new InconclusiveError('the stream was deleted before the session began')
    }
    const { events } = eventStreamOf(expect, answer)
    const records = recordsOf(events)
    expectStamped(expect, records.slice(0, ladder.length), 0n, ladder)
    // The deletion may leave a marker behind (READ-057), whose body is no text.
    for (const { headers } of records.slice(ladder.length)) {
      expect.equal(headers, record('', { headers: [['', 'trim']] }).headers, 'headers of the marker')
    }
    const last = expect.present(events.at(-1), 'an event')
    if (last.event !== 'error') {
      expect.equal(last.data, '[DONE]', 'the last event of a session that ended without an error')
      throw new InconclusiveError('deletion of its stream ended the session without an error')
    }
    expect.that(last.data.length > 0, 'its data', last.data)
    note(last.data)
    // No [DONE], and nothing but pings once the records have come.
    const names = events.map(({ event }) => event ?? 'none').join(' ')
    expect.that(
      /^(batch )+(ping )*(batch )?error$/.test(names),
      'batches, pings and one error at the end',
      names,
    )
  }),

  requirement('SSE-019', 'Clean-end cases', { seconds: 1 }, async (context) => {
    const { expect } = context
    const stream = await newLadder(context)
    // A session that begins at the tail pings (SSE-005) before it waits; to one that comes there late the wait may be over.
    const queries: readonly (readonly [query: string, held: number, leastMs?: number, pings?: true])[] = [
      ['seq_num=0&count=10', 10],
      ['seq_num=0&count=3', 3],
      ['seq_num=0&bytes=60', 3],
      ['seq_num=0&bytes=59', 2],
      ['seq_num=0&until=301', 3],
      ['seq_num=0&count=11', 10],
      ['seq_num=0&bytes=5000', 10],
      ['seq_num=0&until=5000', 10],
      ['seq_num=0&wait=0', 10],
      ['seq_num=10&wait=0', 0],
      ['seq_num=0&wait=1', 10, 900],
      ['seq_num=10&wait=1', 0, 900, true],
      ['seq_num=10&count=5&wait=1', 0, 900, true],
      ['seq_num=0&count=3&wait=30', 3],
    ]
    const sessions = await Promise.all(
      queries.map(async ([query, held, leastMs = 0, pings = false]) => {
        const { value, ms } = await measured(context, readEvents(expect, stream, query))
        return { query, held, leastMs, pings, ms, ...value }
      }),
    )
    for (const { query, held, leastMs, pings, ms, events } of sessions) {
      expectDone(expect, events)
      expect.records(recordsOf(events), 0n, ladder.slice(0, held))
      expect.that(ms >= leastMs, `${query} waits at the tail`, ms)
      if (pings)
        expect.present(
          events.find(({ event }) => event === 'ping'),
          `a ping of ${query}`,
        )
      expect.equal(
        events.filter(({ event }) => event === 'error'),
        [],
        'errors',
      )
    }
  }),
]

const MINUTES_MS = 5 * 60_000
