import { record } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import type { AppendRecord, SequencedRecord } from '../../../proto/types.ts'
import type { Expect } from '../../check/expect.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { READERS, UNARY_READERS } from '../transports.ts'
import { bounded } from './ladder.ts'

/** Headers count 2 + name + value, a record 8 more (REC-001). */
function meteredBytes(records: readonly (AppendRecord | SequencedRecord)[]): number {
  const sizes = records.flatMap(({ headers, body }) => [
    8 + body.length,
    ...headers.map(({ name, value }) => 2 + name.length + value.length),
  ])
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function appendInBatches(
  expect: Expect,
  stream: StreamClient,
  records: readonly AppendRecord[],
  perBatch: number,
): Promise<void> {
  for (let from = 0; from < records.length; from += perBatch) {
    expect.ok(await stream.append({ records: records.slice(from, from + perBatch) }))
  }
}

const small = Array.from({ length: 1500 }, (_, index) => record(`${index}`))

export const unaryCaps: readonly Requirement[] = [
  onStream('READ-030', 'Unary cap on `count`', { on: UNARY_READERS }, async ({ stream, expect }) => {
    await appendInBatches(expect, stream, small, 750)
    for (const bound of [{}, { count: 5000n }, { count: 1001n }, { count: 1000n }]) {
      const { records } = expect.ok(await stream.read({ seqNum: 0n, ...bound }))
      expect.records(records, 0n, small.slice(0, 1000))
    }
    expect.records(expect.ok(await stream.read({ seqNum: 0n, count: 999n })).records, 0n, small.slice(0, 999))
    expect.records(expect.ok(await stream.read({ tailOffset: 1000n })).records, 500n, small.slice(500))
    expect.records(expect.ok(await stream.read({ seqNum: 1000n })).records, 1000n, small.slice(1000))
  }),

  onStream('READ-031', 'Unary cap on `bytes`', { on: UNARY_READERS }, async (context) => {
    const { stream, newStream, expect } = context
    await appendInBatches(expect, stream, large, 4)
    for (const bound of [{}, { bytes: 10_000_000n }, { bytes: 1_048_577n }, { bytes: 1_048_576n }]) {
      const { records } = expect.ok(await stream.read({ seqNum: 0n, ...bound }))
      expect.records(records, 0n, large.slice(0, records.length))
      expect.that(records.length > 0, 'the answer holds a record', records.length)
      expect.that(meteredBytes(records) <= MIB, 'metered bytes are at most 1 MiB', meteredBytes(records))
    }

    const alone = await newStream()
    const largest = record('x'.repeat(MIB - 8))
    await appendInBatches(expect, alone, [largest, record('y'), largest], 1)
    expect.records(expect.ok(await alone.read({ seqNum: 0n })).records, 0n, [largest])
    expect.records(expect.ok(await alone.read({ seqNum: 2n })).records, 2n, [largest])
  }),

  onStream('READ-032', 'Unary read fills up to the bounds', { on: UNARY_READERS }, async (context) => {
    const { stream, newStream, expect } = context
    await appendInBatches(expect, stream, small.slice(0, 30), 7)
    expect.records(expect.ok(await stream.read({ seqNum: 0n })).records, 0n, small.slice(0, 30))
    expect.records(expect.ok(await stream.read({ seqNum: 5n })).records, 5n, small.slice(5, 30))
    expect.records(expect.ok(await stream.read({ seqNum: 3n, count: 20n })).records, 3n, small.slice(3, 23))
    // Ten records of 9 metered bytes, then ten of 10.
    expect.records(expect.ok(await stream.read({ seqNum: 0n, bytes: 149n })).records, 0n, small.slice(0, 15))
    expect.records(expect.ok(await stream.read({ seqNum: 0n, bytes: 150n })).records, 0n, small.slice(0, 16))

    const wide = await newStream()
    await appendInBatches(expect, wide, large, 1)
    expect.records(expect.ok(await wide.read({ seqNum: 0n })).records, 0n, large.slice(0, 4))
    expect.records(expect.ok(await wide.read({ seqNum: 7n })).records, 7n, large.slice(7, 11))
  }),

  onStream('READ-033', 'Records are consecutive', { on: READERS }, async ({ stream, expect, transport }) => {
    const sent = [500n, 100n, undefined, 700n, 3n, undefined, 10n].map((timestamp, index) =>
      record(`record no. ${index}`, timestamp === undefined ? {} : { timestamp }),
    )
    await appendInBatches(expect, stream, sent, 3)
    await appendInBatches(expect, stream, sent, 1)
    const { records } = expect.ok(await stream.read(bounded(transport, { seqNum: 0n })))
    expect.records(records, 0n, [...sent, ...sent])
    const timestamps = records.map(({ timestamp }) => timestamp)
    expect.equal(
      timestamps,
      timestamps.toSorted((left, right) => (left < right ? -1 : left > right ? 1 : 0)),
      'timestamps in the order of the numbers',
    )
  }),
]

const MIB = 1_048_576

/** 12 records of 256 KiB metered: 3 MiB. */
const large = Array.from({ length: 12 }, (_, index) => record(`${index % 10}`.repeat(MIB / 4 - 8)))
