import { batch, record } from '../../../client/records.ts'
import type { ReadSession } from '../../../client/stream-client.ts'
import type { ReadBatch } from '../../../proto/types.ts'
import type { Expect } from '../../check/expect.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { expectErrorEnd } from '../READ/sessions.ts'
import { FRAMES } from '../transports.ts'
import { batchesOf, getFrames } from './raw-session.ts'

export const readSession: readonly Requirement[] = [
  onStream('S2S-040', 'Flow', { on: FRAMES, seconds: 1 }, async ({ stream, expect }) => {
    const sent = Array.from({ length: 2500 }, (_, index) => record(`record ${index}`))
    for (const from of [0, 1000, 2000]) {
      expect.ok(await stream.append({ records: sent.slice(from, from + 1000) }))
    }
    const tail = expect.ok(await stream.checkTail())
    // Only a session that waits says that it has come to the tail, and in one second it says so once. It begins there: to
    // one that comes there late behind its records the wait may be over.
    const ends: readonly (readonly [
      query: string,
      first: number,
      end: number,
      heartbeats: readonly ReadBatch[],
    ])[] = [
      ['?seq_num=0&count=2300', 0, 2300, []],
      ['?seq_num=0&bytes=1700', 0, 100, []],
      ['?seq_num=0&count=9999', 0, 2500, []],
      ['?seq_num=0&wait=0', 0, 2500, []],
      ['?seq_num=2500&wait=1', 2500, 2500, [{ records: [], tail }]],
    ]
    for (const [query, first, end, heartbeats] of ends) {
      // Regular frames only, and then the end of the body.
      const batches = batchesOf(expect, await getFrames(stream, query))
      const records = batches.flatMap((one) => one.records)
      expect.records(records, BigInt(first), sent.slice(first, end))
      const empty: readonly ReadBatch[] = batches.filter((one) => one.records.length === 0)
      expect.equal(empty, heartbeats, `batches without records of ${query}`)
    }
  }),

  onStream('S2S-041', 'Heartbeat', { on: FRAMES, seconds: 5 }, async (context) => {
    const { stream, expect, now, record: note } = context
    const { end: tail } = expect.ok(await stream.append(batch('a')))
    const session = await stream.openRead({ seqNum: 0n })
    expect.records(await session.records(1), 0n, batch('a').records)
    // One on the switch to following, then one after each gap; 10 s more than the row's 15 for a loaded machine.
    for (const name of ['first', 'second']) {
      const asked = now()
      expect.equal(await session.next(25), { kind: 'heartbeat', tail }, `${name} heartbeat`)
      note(`${name} heartbeat after ${((now() - asked) / 1000).toFixed(1)} s`)
    }
  }),

  onStream('S2S-042', 'Heartbeat tail', { on: FRAMES, seconds: 5 }, async ({ stream, expect }) => {
    expect.ok(await stream.append(batch('0', '1', '2')))
    const session = await stream.openRead({ seqNum: 0n })
    const delivered = await untilCaughtUp(expect, session, 0n, 3n)
    for (const body of ['3', '4', '5']) {
      expect.equal(expect.ok(await stream.append(batch(body))).end.seqNum, BigInt(body) + 1n, 'end.seq_num')
    }
    expect.equal(await untilCaughtUp(expect, session, delivered, 6n), 6n, 'the number behind the last record')
  }),

  onStream('S2S-043', 'Errors in the middle', { on: FRAMES }, async (context) => {
    const { stream, basin, expect, record: note } = context
    expect.ok(await stream.append(batch('a')))
    const session = await stream.openRead({ seqNum: 0n })
    expect.records(await session.records(1), 0n, batch('a').records)
    expect.status(await basin.deleteStream(stream.name), 202)
    // No bound and no expiry: there is no clean end (S2S-040).
    const failure = expectErrorEnd(expect, await session.rest())
    note(`the follower of a deleted stream got ${failure.status}`)
    expect.refusedAs(failure, [
      [409, 'stream_deletion_pending'],
      [404, 'stream_not_found'],
      [503, 'unavailable'],
    ])
  }),

  onStream('S2S-044', 'No `s2-format`', { on: FRAMES }, async ({ stream, expect }) => {
    const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index)
    // Text that is base64 as well, and bytes that are no text.
    const sent = [
      record('aGk=', { headers: [['aGk=', 'aGk=']] }),
      record(everyByte, { headers: [[everyByte, everyByte]] }),
    ]
    for (const [index, format] of ['base64', 'raw'].entries()) {
      const options = { headers: { 's2-format': format } }
      expect.ok(await stream.append({ records: sent }, options))
      const from = BigInt(index * 2)
      expect.records(expect.ok(await stream.read({ seqNum: from, count: 2n }, options)).records, from, sent)
      const session = await stream.openRead({ seqNum: from }, options)
      expect.records(await session.records(2), from, sent)
    }
    const { records } = expect.ok(await stream.over('protobuf').read({ seqNum: 0n, count: 4n }))
    expect.records(records, 0n, [...sent, ...sent])
  }),

  onStream(
    'S2S-046',
    'No heartbeat before expiry of a zero wait',
    { on: FRAMES, seconds: 1 },
    async ({ stream, expect }) => {
      const { end: tail } = expect.ok(await stream.append(batch('a')))
      expect.equal(
        batchesOf(expect, await getFrames(stream, '?seq_num=1&wait=0')),
        [],
        'frames at the tail, wait=0',
      )
      const [data, ...more] = batchesOf(expect, await getFrames(stream, '?seq_num=0&wait=0'))
      expect.records(data?.records ?? [], 0n, batch('a').records)
      expect.equal(more, [], 'frames behind the record, wait=0')
      const waited = batchesOf(expect, await getFrames(stream, '?seq_num=1&wait=1'))
      expect.equal(waited, [{ records: [], tail }], 'frames at the tail, wait=1')
    },
  ),

  onStream('S2S-048', 'Request body on a read session is not needed', { on: FRAMES }, async (context) => {
    const { stream, expect } = context
    expect.ok(await stream.append(batch('a', 'b')))
    const batches = batchesOf(expect, await getFrames(stream, '?seq_num=0&count=2'))
    expect.records(
      batches.flatMap(({ records }) => records),
      0n,
      batch('a', 'b').records,
    )
    const session = await stream.openRead({ seqNum: 0n })
    expect.records(await session.records(2), 0n, batch('a', 'b').records)
    expect.ok(await stream.append(batch('c')))
    expect.records(await session.records(1), 2n, batch('c').records)
  }),

  onStream('S2S-049', 'Backpressure', { on: FRAMES }, async ({ stream, expect }) => {
    const large = Array.from({ length: 8 }, (_, index) => record(new Uint8Array(1_000_000).fill(index)))
    const small = Array.from({ length: 60 }, (_, index) => record(`small ${index}`))
    expect.ok(await stream.append(batch('first')))
    const session = await stream.openRead({ seqNum: 0n })
    expect.records(await session.records(1), 0n, batch('first').records)
    // From here on the client does not read, while more is written than connections and channels hold.
    for (const one of [...large, ...small]) expect.ok(await stream.append({ records: [one] }))
    const rest = await session.records(large.length + small.length)
    expect.records(rest, 1n, [...large, ...small])
    expect.ok(await stream.append(batch('last')))
    expect.records(await session.records(1), 69n, batch('last').records)
  }),
]

/** Judges each event up to the first heartbeat at `end` or beyond; returns the number behind the last record. */
async function untilCaughtUp(
  expect: Expect,
  session: ReadSession,
  from: bigint,
  end: bigint,
): Promise<bigint> {
  for (let next = from; ; ) {
    const event = await session.next()
    if (event.kind === 'batch') {
      const { records } = event.batch
      const sent = records.map((_, index) => record(`${next + BigInt(index)}`))
      next += BigInt(expect.records(records, next, sent).length)
    } else {
      expect.equal(event.kind, 'heartbeat', 'what comes beside batches')
      const tail = event.kind === 'heartbeat' ? event.tail?.seqNum : undefined
      expect.equal(tail, next, 'tail of a heartbeat, beside the number behind the last record')
      if (next >= end) return next
    }
  }
}
