import { batch, record } from '../../../client/records.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'

const EXPIRY_SECONDS = 60

export const behaviour: readonly Requirement[] = [
  requirement('CP-CFG-081', 'Age applies when written', { seconds: EXPIRY_SECONDS }, async (context) => {
    const { basin, newStream, expect, eventually } = context
    const stream = await newStream({ retention_policy: { age: 2 } })
    const other = (await newStream({ retention_policy: { age: 3600 } })).over('protobuf')
    const megabyte = batch('x'.repeat(1_000_000))
    expect.ok(await stream.append(batch('short-lived')))
    expect.ok(await basin.reconfigureStream(stream.name, { retention_policy: { age: 86_400 } }))
    expect.ok(await stream.append(batch('long-lived')))
    await eventually('the record of the shorter age is gone', EXPIRY_SECONDS, async () => {
      // s2-lite drops what has expired when it flushes its memory, which takes some 80 of these.
      expect.ok(await other.append(megabyte))
      const [first] = expect.ok(await stream.read({ seqNum: 0n, count: 1n })).records
      return expect.present(first, 'the record of the longer age').seqNum === 1n ? true : undefined
    })
    expect.ok(await basin.reconfigureStream(stream.name, { retention_policy: { age: 1 } }))
    const { records } = expect.ok(await stream.read({ seqNum: 1n }))
    expect.records(records, 1n, [record('long-lived')])
  }),

  requirement('CP-CFG-082', 'Timestamping modes', { needs: ['basins'] }, async (context) => {
    const { newBasin, newStreamName, expect } = context
    const required = await newBasin({ default_stream_config: { timestamping: { mode: 'client-require' } } })
    const [strict, inherits] = [newStreamName(), newStreamName()]
    expect.ok(await required.createStream(strict), 201)
    const stream = required.stream(strict)
    const mixed = { records: [record('a', { timestamp: 5n }), record('b')] }
    expect.refused(await stream.append(batch('a')), 422, 'invalid')
    expect.refused(await stream.append(mixed), 422, 'invalid')
    expect.equal(expect.ok(await stream.checkTail()).seqNum, 0n, 'tail.seq_num')
    expect.ok(await stream.append({ records: [record('a', { timestamp: 5n })] }))

    expect.ok(await required.createStream(inherits, { timestamping: { mode: 'arrival' } }), 201)
    const arrival = required.stream(inherits)
    const { start, end } = expect.ok(await arrival.append(mixed))
    expect.that(start.timestamp > 1_000_000n, 'the timestamp given is ignored', start.timestamp)
    const { records } = expect.ok(await arrival.read({ seqNum: 0n, count: 2n }))
    const stamps = expect.records(records, 0n, mixed.records).map(({ timestamp }) => timestamp)
    expect.equal(stamps, [start.timestamp, end.timestamp], 'timestamps of the records, as acknowledged')
    expect.that(end.timestamp >= start.timestamp, 'timestamps do not fall', end.timestamp)
  }),

  requirement('CP-CFG-085', '`storage_class` has no effect', async ({ basin, newStream, expect }) => {
    for (const storage_class of ['standard', 'express']) {
      const stream = await newStream({ storage_class })
      const stored = expect.ok(await basin.getStreamConfig(stream.name))
      expect.equal(stored.storage_class, storage_class, 'storage_class')
      const sent = [record('a', { timestamp: 1n }), record('b', { timestamp: 2n })]
      expect.ok(await stream.append({ records: sent }))
      await expect.holds(stream, sent)
      const other = storage_class === 'express' ? 'standard' : 'express'
      const patched = expect.ok(await basin.reconfigureStream(stream.name, { storage_class: other }))
      expect.equal(patched.storage_class, other, 'storage_class after a PATCH')
      expect.ok(await stream.append({ records: [record('c', { timestamp: 3n })], matchSeqNum: 2n }))
      await expect.holds(stream, [...sent, record('c', { timestamp: 3n })])
    }
  }),
]
