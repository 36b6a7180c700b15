import { batch, record, trim } from '../../../client/records.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { READERS, SESSIONS, UNARY_READERS } from '../transports.ts'

export const trimmedReads: readonly Requirement[] = [
  onStream('CMD-020', 'Trim is eventually consistent', { on: READERS }, async (context) => {
    const { stream, expect, now, record: note } = context
    const sent = batch('a', 'b', 'c').records
    expect.ok(await stream.append({ records: sent }))
    expect.ok(await stream.append({ records: [trim(2n)] }))
    const acked = now()
    const { records } = expect.ok(await stream.read({ seqNum: 0n, count: 10n }))
    const first = records[0]?.seqNum ?? -1n
    expect.that(first >= 0n && first <= 2n, 'right after the trim, reads begin with record 0, 1 or 2', first)
    expect.records(records, first, [...sent, trim(2n)].slice(Number(first)))
    await expect.trimmedTo(stream, 2n)
    note(`removed ${Math.round(now() - acked)} ms after the acknowledgement`)
  }),

  onStream('CMD-022', 'Reading below the trim point', { on: READERS }, async ({ stream, expect }) => {
    const sent = Array.from({ length: 10 }, (_, index) =>
      record(`${index}`, { timestamp: BigInt(index + 1) * 100n }),
    )
    expect.ok(await stream.append({ records: [...sent, trim(6n)] }))
    await expect.trimmedTo(stream, 6n)
    const left = [...sent.slice(6), trim(6n)]
    for (const seqNum of [0n, 1n, 5n, 6n]) {
      expect.records(expect.ok(await stream.read({ seqNum, count: 10n })).records, 6n, left)
      expect.records(expect.ok(await stream.read({ seqNum, count: 1n })).records, 6n, left.slice(0, 1))
    }
    for (const start of [{ timestamp: 0n }, { timestamp: 300n }, { tailOffset: 11n }, { tailOffset: 100n }]) {
      expect.records(expect.ok(await stream.read({ ...start, count: 10n })).records, 6n, left)
    }
    expect.records(expect.ok(await stream.read({ seqNum: 8n, count: 1n })).records, 8n, left.slice(2, 3))
  }),

  onStream(
    'CMD-023',
    'Reading a fully trimmed stream, unary',
    { on: UNARY_READERS, seconds: 1 },
    async ({ stream, expect }) => {
      expect.ok(await stream.append({ records: [record('a'), record('b'), trim(3n)] }))
      await expect.emptied(stream)
      for (const seqNum of [0n, 1n, 2n]) {
        expect.equal(expect.ok(await stream.read({ seqNum })).records, [], `records from ${seqNum} on`)
        expect.equal(expect.ok(await stream.read({ seqNum, count: 5n })).records, [], 'records, with a bound')
      }
      expect.refused(await stream.read({ seqNum: 3n }), 416, { tail: expect.ok(await stream.checkTail()) })
    },
  ),

  onStream(
    'CMD-024',
    'Reading a fully trimmed stream, following',
    { on: READERS, seconds: 1 },
    async ({ stream, expect, transport }) => {
      expect.ok(await stream.append({ records: [record('a'), record('b'), trim(3n)] }))
      await expect.emptied(stream)
      // Unary transports follow by long poll; here a session of theirs is SSE.
      const sessions = await Promise.all(
        [stream, stream.over('s2s')].map((over) => over.openRead({ seqNum: 0n })),
      )
      for (const session of sessions) {
        const event = await session.next()
        expect.equal(
          event.kind,
          'heartbeat',
          `first event of a session that waits, asked for over ${transport}`,
        )
      }
      const [waited, appended] = await Promise.all([
        stream.read({ seqNum: 0n, count: 1n, wait: 20 }),
        stream.append(batch('new')),
      ])
      expect.equal(expect.ok(appended).start.seqNum, 3n, 'number of the new record')
      expect.records(expect.ok(waited).records, 3n, [record('new')])
      for (const session of sessions) expect.records(await session.records(1), 3n, [record('new')])
    },
  ),

  onStream('CMD-025', 'Trimming an active reader', { on: SESSIONS }, async (context) => {
    const { stream, expect, record: note } = context
    const sent = Array.from({ length: COUNT }, (_, index) => record(`${index}`.padEnd(1000, '.')))
    for (let from = 0; from < COUNT; from += 1000) {
      expect.ok(await stream.over('protobuf').append({ records: sent.slice(from, from + 1000) }))
    }
    const session = await stream.openRead({ seqNum: 0n, count: BigInt(COUNT + 1) })
    const begun = await session.records(1)
    expect.ok(await stream.over('protobuf').append({ records: [trim(BigInt(KEPT_FROM))] }))
    await expect.trimmedTo(stream.over('protobuf'), BigInt(KEPT_FROM))
    const rest = await session.rest()
    const read = [...begun, ...rest.flatMap((event) => (event.kind === 'batch' ? event.batch.records : []))]
    for (const [index, { seqNum, body, headers }] of read.entries()) {
      const previous = read[index - 1]?.seqNum ?? -1n
      expect.that(seqNum > previous, 'numbers rise', [previous, seqNum])
      const { body: wanted, headers: wantedHeaders } = sent[Number(seqNum)] ?? trim(BigInt(KEPT_FROM))
      expect.equal({ body, headers }, { body: wanted, headers: wantedHeaders }, `content of record ${seqNum}`)
    }
    const kept = read.filter(({ seqNum }) => seqNum >= KEPT_FROM && seqNum < BigInt(COUNT))
    expect.records(kept, BigInt(KEPT_FROM), sent.slice(KEPT_FROM))
    expect.equal(rest.at(-1)?.kind, 'end', 'last event')
    note(
      `${KEPT_FROM - read.filter(({ seqNum }) => seqNum < KEPT_FROM).length} of ${KEPT_FROM} trimmed records were skipped`,
    )
  }),

  onStream('CMD-026', 'Gaps only from the left', { on: READERS }, async ({ stream, expect, eventually }) => {
    const sent = Array.from({ length: 124 }, (_, index) => record(`${index}`))
    expect.ok(await stream.append({ records: sent }))
    for (const point of [10n, 64n, 65n, 120n]) {
      expect.ok(await stream.append({ records: [trim(point)] }))
      sent.push(trim(point))
      await eventually(`the first record is number ${point}`, 40, async () => {
        const { records } = expect.ok(await stream.read({ seqNum: 0n, count: 200n }))
        const first = expect.present(records[0], 'a record').seqNum
        expect.that(first <= point, 'nothing from the trim point on is removed', first)
        expect.records(records, first, sent.slice(Number(first)))
        return first === point ? true : undefined
      })
    }
  }),
]

/** As many as it takes for a reader to be under way when the trim takes effect. */
const COUNT = 3000

/** 0x0900: raw JSON shows it unchanged (CMD-006). */
const KEPT_FROM = 2304
