import { batch, record } from '../../../client/records.ts'
import { getRecords, getTail, textOf } from '../../by-hand/requests.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { READERS } from '../transports.ts'

export const integersRows: readonly Requirement[] = [
  requirement('REC-024', 'Integers on the wire', { on: READERS }, async ({ newStream, expect }) => {
    const stream = await newStream({ timestamping: { mode: 'client-prefer', uncapped: true } })
    const sent = TIMESTAMPS.map((timestamp) => record(`${timestamp}`, { timestamp }))
    const ack = expect.ok(await stream.append({ records: sent }))
    expect.equal(ack.start.timestamp, 9_007_199_254_740_991n, 'timestamp of the start')
    expect.equal(ack.end.timestamp, 18_446_744_073_709_551_615n, 'timestamp of the end')
    expect.equal(ack.tail.timestamp, 18_446_744_073_709_551_615n, 'timestamp of the tail')
    const { records } = expect.ok(await stream.read({ seqNum: 0n, count: 10n }))
    expect.equal(
      records.map(({ timestamp }) => timestamp),
      TIMESTAMPS,
      'timestamps read',
    )
    for (const [index, timestamp] of TIMESTAMPS.entries()) {
      const from = expect.ok(await stream.read({ timestamp, count: 10n }))
      expect.records(from.records, BigInt(index), sent.slice(index))
    }
    const wrong = { ...batch('x'), matchSeqNum: 18_446_744_073_709_551_615n }
    expect.refused(await stream.append(wrong), 412, { seq_num_mismatch: 5n })
    for (const answer of [await getRecords(stream, 'seq_num=4'), await getTail(stream)]) {
      expect.ok(answer)
      const bare = /"timestamp"\s*:\s*18446744073709551615\s*[,}]/
      expect.that(
        bare.test(textOf(answer)),
        'timestamp 18446744073709551615 as a bare number',
        textOf(answer),
      )
    }
  }),
]

/** Around 2^53, where doubles begin to skip, around 2^63, where signed numbers end, and 2^64 - 1. */
const TIMESTAMPS = [
  9_007_199_254_740_991n,
  9_007_199_254_740_993n,
  9_223_372_036_854_775_807n,
  9_223_372_036_854_775_808n,
  18_446_744_073_709_551_615n,
]
