import { record, trim } from '../../../client/records.ts'
import { MAX_U64 } from '../../../proto/limits.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { READERS } from '../transports.ts'
import { bounded, expectLadder, ladderTail, newLadder } from './ladder.ts'
import { measured } from './waiting.ts'

/** Three records share 200, two share the last timestamp. */
const repeated = [100n, 200n, 200n, 200n, 300n, 300n].map((timestamp, index) =>
  record(`record no. ${index}`, { timestamp }),
)

export const timestamps: readonly Requirement[] = [
  onStream('READ-005', '`timestamp`', { on: READERS }, async ({ stream, expect, transport }) => {
    // In two batches, so that the group of equal timestamps does not begin where a batch does.
    expect.ok(await stream.append({ records: repeated.slice(0, 3) }))
    expect.ok(await stream.append({ records: repeated.slice(3) }))
    const starts = [
      [0n, 0],
      [1n, 0],
      [100n, 0],
      [101n, 1],
      [200n, 1],
      [201n, 4],
      [299n, 4],
      [300n, 4],
    ] as const
    for (const [timestamp, first] of starts) {
      const { records } = expect.ok(await stream.read(bounded(transport, { timestamp })))
      expect.records(records, BigInt(first), repeated.slice(first))
    }
  }),

  requirement('READ-008', 'Beyond the last timestamp', { on: READERS }, async (context) => {
    const { expect, transport } = context
    const stream = await newLadder(context)
    for (const timestamp of [1001n, 1_000_000n, MAX_U64]) {
      const refused = await stream.read(bounded(transport, { timestamp }))
      expect.refused(refused, 416, { tail: ladderTail })
      expect.refused(await stream.read(bounded(transport, { timestamp, wait: 30 })), 416, {
        tail: ladderTail,
      })
    }
  }),

  requirement('READ-017', "Timestamp equal to the last record's", { on: READERS }, async (context) => {
    const { newStream, expect, transport } = context
    const ladder = await newLadder(context)
    expectLadder(expect, await ladder.read(bounded(transport, { timestamp: 1000n })), 9)

    const stream = await newStream()
    expect.ok(await stream.append({ records: repeated }))
    const { records } = expect.ok(await stream.read(bounded(transport, { timestamp: 300n })))
    expect.records(records, 4n, repeated.slice(4))
  }),

  requirement('READ-019', 'Start between timestamps', { on: READERS }, async (context) => {
    const { newStream, expect, transport } = context
    const sent = [1000n, 2000n, 3000n].map((timestamp) => record(`at ${timestamp}`, { timestamp }))
    const stream = await newStream()
    expect.ok(await stream.append({ records: sent }))
    for (const timestamp of [1001n, 1500n, 1999n]) {
      const { records } = expect.ok(await stream.read(bounded(transport, { timestamp })))
      expect.records(records, 1n, sent.slice(1))
    }
  }),

  onStream('READ-015', 'Empty stream, `timestamp=0`', { on: READERS, seconds: 1 }, async (context) => {
    const { stream, expect, transport } = context
    const tail = { seqNum: 0n, timestamp: 0n }
    for (const timestamp of [0n, 1n]) {
      expect.refused(await stream.read(bounded(transport, { timestamp })), 416, { tail })
    }
    // Timestamp 0 is not beyond the tail, so that a read which follows may begin there; 1 is.
    const waiting = await measured(context, stream.read(bounded(transport, { timestamp: 0n, wait: 1 })))
    expect.equal(expect.ok(waiting.value).records, [], 'records from timestamp 0 of a stream never written')
    expect.that(waiting.ms >= 900, 'the answer waits for 1 s', waiting.ms)
    expect.refused(await stream.read(bounded(transport, { timestamp: 1n, wait: 1 })), 416, { tail })
  }),

  requirement('READ-016', 'Timestamp start that finds nothing', { on: READERS }, async (context) => {
    const { expect, transport, eventually } = context
    const stream = await newLadder(context)
    expect.ok(await stream.over('protobuf').append({ records: [trim(MAX_U64, 1100n)] }))
    await eventually('every record is trimmed', 130, async () => {
      const { records } = expect.ok(await stream.read(bounded(transport, { seqNum: 0n })))
      return records.length === 0 ? true : undefined
    })

    const tail = { seqNum: 11n, timestamp: 1100n }
    for (const timestamp of [0n, 550n, 1100n]) {
      expect.refused(await stream.read(bounded(transport, { timestamp })), 416, { tail })
    }
    const [waited, appended] = await Promise.all([
      stream.read({ timestamp: 550n, wait: 20, count: 1n }),
      stream.append({ records: [record('after', { timestamp: 1200n })] }),
    ])
    expect.ok(appended)
    expect.records(expect.ok(waited).records, 11n, [record('after')])
  }),
]
