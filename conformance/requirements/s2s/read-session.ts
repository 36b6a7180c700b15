import type { SequencedRecord } from '../../../proto/types.ts'
import { row } from '../../catalogue/catalogue.ts'
import { InconclusiveError } from '../../failures.ts'
import { batch, record } from '../../records.ts'
import type { Requirement } from '../../requirement.ts'
import type { ReadEvent, ReadSession } from '../../target/stream-client.ts'
import { FRAMES } from '../transports.ts'
import { batchesOf, getFrames } from './raw-session.ts'

export const readFlow: Requirement = {
  ...row('S2S-040'),
  needs: [],
  seconds: 1,
  async check({ newStream, expect }) {
    const stream = await newStream()
    const sent = Array.from({ length: 2500 }, (_, index) => record(`record ${index}`))
    for (const from of [0, 1000, 2000]) {
      expect.ok(await stream.append({ records: sent.slice(from, from + 1000) }))
    }
    const ends = [
      ['?seq_num=0&count=2300', 2300],
      ['?seq_num=0&bytes=1700', 100],
      ['?seq_num=0&count=9999', 2500],
      ['?seq_num=0&wait=0', 2500],
      ['?seq_num=0&wait=1', 2500],
    ] as const
    for (const [query, count] of ends) {
      // Regular frames only, and then the end of the body.
      const batches = batchesOf(expect, await getFrames(stream, query))
      const records = batches.flatMap((one) => one.records)
      expect.records(records, 0n, sent.slice(0, count))
      for (const one of batches) {
        expect.that(one.records.length > 0 || one.tail !== undefined, 'an empty batch has a tail', one)
      }
    }
  },
}

export const heartbeats: Requirement = {
  ...row('S2S-041'),
  needs: [],
  on: FRAMES,
  seconds: 5,
  async check({ newStream, expect, now, record: note }) {
    const stream = await newStream()
    const { end: tail } = expect.ok(await stream.append(batch('a')))
    const session = await stream.openRead({ seqNum: 0n })
    expect.records(await session.records(1), 0n, batch('a').records)
    // One on the switch to following, then one after each gap; 10 s more than the row's 15 for a loaded machine.
    for (const name of ['first', 'second']) {
      const asked = now()
      expect.equal(await session.next(25), { kind: 'heartbeat', tail }, `${name} heartbeat`)
      note(`${name} heartbeat after ${((now() - asked) / 1000).toFixed(1)} s`)
    }
  },
}

export const heartbeatTail: Requirement = {
  ...row('S2S-042'),
  needs: [],
  on: FRAMES,
  seconds: 5,
  async check({ newStream, expect }) {
    const stream = await newStream()
    expect.ok(await stream.append(batch('0', '1', '2')))
    const session = await stream.openRead({ seqNum: 0n })
    let end = 3n
    let delivered = 0n
    for (const more of [[], ['3', '4', '5']]) {
      for (const body of more) end = expect.ok(await stream.append(batch(body))).end.seqNum
      for (const event of await eventsUntilCaughtUp(session, end - delivered)) {
        const records = recordsOf(event)
        expect.equal(records[0]?.seqNum ?? delivered, delivered, 'number of the first record of a batch')
        delivered += BigInt(records.length)
        const tail = event.kind === 'heartbeat' ? event.tail?.seqNum : delivered
        expect.equal(tail, delivered, 'tail of a heartbeat, beside the number behind the last record')
      }
    }
    expect.equal(delivered, 6n, 'records delivered')
  },
}

/** All events up to the first heartbeat behind so many records. */
async function eventsUntilCaughtUp(session: ReadSession, count: bigint): Promise<readonly ReadEvent[]> {
  const events: ReadEvent[] = []
  for (let missing = count; ; ) {
    const event = await session.next()
    events.push(event)
    missing -= BigInt(recordsOf(event).length)
    if (event.kind === 'heartbeat' && missing <= 0n) return events
  }
}

export const errorInTheMiddle: Requirement = {
  ...row('S2S-043'),
  needs: [],
  on: FRAMES,
  async check({ newStream, basin, expect, record: note }) {
    const stream = await newStream()
    expect.ok(await stream.append(batch('a')))
    const session = await stream.openRead({ seqNum: 0n })
    expect.records(await session.records(1), 0n, batch('a').records)
    expect.status(await basin.deleteStream(stream.name), 202)
    const last = (await session.rest()).at(-1)
    if (last?.kind !== 'error') throw new InconclusiveError('the session ended without an error')
    note(`the follower of a deleted stream got ${last.answer.status}`)
    expect.refusedAs(last.answer, [
      [409, 'stream_deletion_pending'],
      [404, 'stream_not_found'],
      [503, 'unavailable'],
    ])
  },
}

export const noFormat: Requirement = {
  ...row('S2S-044'),
  needs: [],
  on: FRAMES,
  async check({ newStream, expect }) {
    const stream = await newStream()
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
  },
}

export const noHeartbeatWithoutAWait: Requirement = {
  ...row('S2S-046'),
  needs: [],
  seconds: 1,
  async check({ newStream, expect }) {
    const stream = await newStream()
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
}

export const noRequestBody: Requirement = {
  ...row('S2S-048'),
  needs: [],
  on: FRAMES,
  async check({ newStream, expect }) {
    const stream = await newStream()
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
  },
}

export const backpressure: Requirement = {
  ...row('S2S-049'),
  needs: [],
  on: FRAMES,
  async check({ newStream, expect }) {
    const stream = await newStream()
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
  },
}

const recordsOf = (event: ReadEvent): readonly SequencedRecord[] =>
  event.kind === 'batch' ? event.batch.records : []
