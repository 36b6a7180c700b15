import type { Answer } from '../../../client/answer.ts'
import { batch } from '../../../client/records.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { basinInfo, streamInfo } from '../during-deletion.ts'
import { BAD_JSON } from '../malformed.ts'
import { keysOf } from '../members.ts'

type Outcomes = readonly (readonly [status: number, code: string])[]

const TAKEN: Outcomes = [[409, 'resource_already_exists']]

const NO_BASIN: Outcomes = [[404, 'basin_not_found']]

const NO_STREAM: Outcomes = [[404, 'stream_not_found']]

export const bodies: readonly Requirement[] = [
  onStream('CP-ERR-003', 'Bodies without code', async ({ stream, basin, expect }) => {
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
    const body = '{"match_seq_num":0,"fencing_token":"other"}'
    for (const method of ['PUT', 'PATCH'])
      expect.status(await basin.raw({ method, path, body }), 200, 400, 422)
    expect.status(await basin.raw({ method: 'GET', path: `${path}?seq_num=2` }), 200, 400)
    expect.refused(await basin.createStream(stream.name), 409, 'resource_already_exists')
  }),

  requirement('CP-ERR-004', 'Failure without effect', { needs: ['basins'] }, async (context) => {
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
    const patch = (method: string, path: string, body: string) => ({ method, path, body })
    const failing: readonly (readonly [Outcomes, () => Promise<Answer<unknown>>])[] = [
      [TAKEN, () => account.createBasin(basin.name, { create_stream_on_read: true })],
      [BAD_JSON, () => account.ensureBasin(basin.name, { config: { default_stream_config: invalid } })],
      [BAD_JSON, () => account.reconfigureBasin(basin.name, { default_stream_config: invalid })],
      [BAD_JSON, () => account.raw(patch('PATCH', `/basins/${basin.name}`, '{"create_stream_on_read":7}'))],
      [NO_BASIN, () => account.reconfigureBasin(unknownBasin, { create_stream_on_read: true })],
      [NO_BASIN, () => account.deleteBasin(unknownBasin)],
      [BAD_JSON, () => account.createBasin(unknownBasin, { default_stream_config: invalid })],
      [TAKEN, () => basin.createStream('kept', changed)],
      [BAD_JSON, () => basin.ensureStream('kept', invalid)],
      [BAD_JSON, () => basin.reconfigureStream('kept', invalid)],
      [BAD_JSON, () => basin.raw(patch('PUT', '/streams/kept', malformed))],
      [BAD_JSON, () => basin.raw(patch('PATCH', '/streams/kept', malformed))],
      [BAD_JSON, () => basin.raw(patch('PUT', `/streams/${unknown}`, malformed))],
      [BAD_JSON, () => basin.createStream(unknown, invalid)],
      [NO_STREAM, () => basin.reconfigureStream(unknown, changed)],
      [NO_STREAM, () => basin.deleteStream(unknown)],
    ]
    for (const [outcomes, fail] of failing) {
      expect.refusedAs(await fail(), outcomes)
      expect.equal(await state(), before, 'what is there')
    }
    expect.refused(await account.getBasinConfig(unknownBasin), 404, 'basin_not_found')
    expect.refused(await basin.getStreamConfig(unknown), 404, 'stream_not_found')
  }),
]
