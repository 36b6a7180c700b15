import { row } from '../../catalogue/catalogue.ts'
import { batch } from '../../records.ts'
import type { Requirement } from '../../requirement.ts'
import { basinInfo, streamInfo } from '../deleting.ts'
import { keysOf } from '../members.ts'

export const bodiesWithoutCode: Requirement = {
  ...row('CP-ERR-003'),
  needs: [],
  async check({ basin, newStream, expect }) {
    const stream = await newStream()
    expect.ok(await stream.append(batch('a')))
    for (const [answer, status, key] of [
      [await stream.append({ ...batch('b'), matchSeqNum: 0n }), 412, 'seq_num_mismatch'],
      [await stream.append({ ...batch('b'), fencingToken: 'other' }), 412, 'fencing_token_mismatch'],
      [await stream.read({ seqNum: 2n }), 416, 'tail'],
    ] as const) {
      expect.status(answer, status)
      expect.equal(keysOf(answer.error?.json), [key], 'keys of the body')
    }
    // The same name, in the same state, through the control plane.
    const path = `/streams/${stream.name}`
    for (const answer of [
      await basin.raw({ method: 'PUT', path, body: '{"match_seq_num":0,"fencing_token":"other"}' }),
      await basin.raw({ method: 'PATCH', path, body: '{"match_seq_num":0,"fencing_token":"other"}' }),
      await basin.raw({ method: 'GET', path: `${path}?seq_num=2` }),
      await basin.createStream(stream.name),
    ]) {
      expect.that(answer.status !== 412 && answer.status !== 416, 'neither 412 nor 416', answer.status)
    }
  },
}

export const failureWithoutEffect: Requirement = {
  ...row('CP-ERR-004'),
  needs: ['basins'],
  async check(context) {
    const { account, newBasin, newBasinName, newStreamName, expect, eventually } = context
    const basin = await newBasin({ default_stream_config: { retention_policy: { age: 60 } } })
    expect.ok(await basin.createStream('kept', { retention_policy: { age: 90 } }), 201)
    const state = async () => ({
      basin: await eventually('the basin is listed', 30, () => basinInfo(context, basin.name)),
      ofBasin: expect.ok(await account.getBasinConfig(basin.name)),
      stream: await eventually('the stream is listed', 30, () => streamInfo(context, basin, 'kept')),
      ofStream: expect.ok(await basin.getStreamConfig('kept')),
      streams: expect.ok(await basin.listStreams()).streams.length,
    })
    const before = await state()
    const [unknown, unknownBasin] = [newStreamName(), newBasinName()]
    const changed = { storage_class: 'standard', timestamping: { mode: 'arrival' } }
    const invalid = { ...changed, retention_policy: { age: 0 } }
    const malformed = '{"storage_class":"standard","retention_policy":{"age":"x"}}'
    const failing = [
      () => account.createBasin(basin.name, { create_stream_on_read: true }),
      () => account.ensureBasin(basin.name, { config: { default_stream_config: invalid } }),
      () => account.reconfigureBasin(basin.name, { default_stream_config: invalid }),
      () =>
        account.raw({ method: 'PATCH', path: `/basins/${basin.name}`, body: '{"create_stream_on_read":7}' }),
      () => account.reconfigureBasin(unknownBasin, { create_stream_on_read: true }),
      () => account.deleteBasin(unknownBasin),
      () => account.createBasin(unknownBasin, { default_stream_config: invalid }),
      () => basin.createStream('kept', changed),
      () => basin.ensureStream('kept', invalid),
      () => basin.reconfigureStream('kept', invalid),
      () => basin.raw({ method: 'PUT', path: '/streams/kept', body: malformed }),
      () => basin.raw({ method: 'PATCH', path: '/streams/kept', body: malformed }),
      () => basin.raw({ method: 'PUT', path: `/streams/${unknown}`, body: malformed }),
      () => basin.createStream(unknown, invalid),
      () => basin.reconfigureStream(unknown, changed),
      () => basin.deleteStream(unknown),
    ]
    for (const fail of failing) {
      const { status } = await fail()
      expect.that(status >= 400 && status < 500, 'a status of 400 to 499', status)
      expect.equal(await state(), before, 'what is there')
    }
    expect.refused(await account.getBasinConfig(unknownBasin), 404, 'basin_not_found')
    expect.refused(await basin.getStreamConfig(unknown), 404, 'stream_not_found')
  },
}
