import type { BasinClient } from '../../../client/basin-client.ts'
import { batch, fence, record } from '../../../client/records.ts'
import type { ReadQuery } from '../../../client/stream-client.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { inByteOrder } from '../byte-order.ts'
import { KEY, withKey } from '../ENC/encrypted.ts'
import { bounded, isSession } from '../READ/ladder.ts'
import { untilFollowing } from '../READ/sessions.ts'
import { APPENDERS, READERS } from '../transports.ts'

const EMPTY = { seqNum: 0n, timestamp: 0n }

/** Names of the streams in the basin, as the listing has them. */
async function namesOf({ expect }: CheckContext, basin: BasinClient): Promise<readonly string[]> {
  return expect.ok(await basin.listStreams()).streams.map(({ name }) => name)
}

export const autoCreation: readonly Requirement[] = [
  requirement('AUT-001', 'Auto-create on append', { needs: ['basins'], on: APPENDERS }, async (context) => {
    const { newBasin, newStreamName, expect, transport } = context
    const defaults = { timestamping: { mode: 'arrival' }, retention_policy: { age: 86_400n } }
    const basin = await newBasin({ create_stream_on_append: true, default_stream_config: defaults })
    const name = newStreamName()
    const stream = basin.stream(name, transport)

    const sent = [record('first', { timestamp: 5n }), record('second')]
    const { start, end } = expect.ok(await stream.append({ records: sent }))
    expect.equal([start.seqNum, end.seqNum], [0n, 2n], 'numbers of the first batch')
    const { records } = expect.ok(await stream.read({ seqNum: 0n, count: 2n }))
    const [first] = expect.records(records, 0n, sent)
    expect.equal(await namesOf(context, basin), [name], 'streams of the basin')

    const config = expect.ok(await basin.getStreamConfig(name))
    expect.equal(config.timestamping?.mode, 'arrival', 'timestamping.mode of the new stream')
    expect.equal(config.retention_policy, { age: 86_400n }, 'retention_policy of the new stream')
    expect.that(start.timestamp > 1_000_000n, 'the mode holds from the first record', start.timestamp)
    expect.equal(start.timestamp, first?.timestamp, 'start.timestamp, beside that of the record')
    expect.equal(expect.ok(await stream.append(batch('third'))).start.seqNum, 2n, 'number of the next record')
  }),

  requirement('AUT-002', 'Off means 404', { needs: ['basins'], on: READERS }, async (context) => {
    const { newBasin, newStreamName, expect, transport } = context
    const basin = await newBasin({ create_stream_on_append: false, create_stream_on_read: false })
    const stream = basin.stream(newStreamName(), transport)
    expect.refused(await stream.append(batch('a')), 404, 'stream_not_found')
    expect.refused(await stream.append({ records: [fence('token')] }), 404, 'stream_not_found')
    const queries: readonly ReadQuery[] = [{ seqNum: 0n }, { seqNum: 0n, wait: 1 }, { tailOffset: 0n }, {}]
    for (const query of queries) {
      expect.refused(await stream.read(bounded(transport, query)), 404, 'stream_not_found')
    }
    expect.refused(await stream.checkTail(), 404, 'stream_not_found')
    expect.refused(await stream.openReadAnswer({ seqNum: 0n }), 404, 'stream_not_found')
    expect.equal(await namesOf(context, basin), [], 'streams of the basin')
  }),

  requirement(
    'AUT-003',
    'Auto-create on read',
    { needs: ['basins'], on: READERS, seconds: 1 },
    async (context) => {
      const { newBasin, newStreamName, expect, transport } = context
      const defaults = { retention_policy: { age: 86_400n } }
      const basin = await newBasin({ create_stream_on_read: true, default_stream_config: defaults })
      const [first, waiting, followed] = [newStreamName(), newStreamName(), newStreamName()]

      const atOnce = await basin.stream(first, transport).read(bounded(transport, { seqNum: 0n }))
      expect.refused(atOnce, 416, { tail: EMPTY })
      const polled = await basin.stream(waiting, transport).read(bounded(transport, { seqNum: 0n, wait: 1 }))
      expect.equal(expect.ok(polled).records, [], 'records of a new stream')

      const stream = basin.stream(followed, isSession(transport) ? transport : 'sse')
      const session = await stream.openRead({ seqNum: 0n })
      expect.equal(await untilFollowing(expect, session), [], 'records of a new stream')
      expect.ok(await stream.append(batch('a')))
      expect.records(await session.records(1), 0n, [record('a')])
      session.cancel()

      expect.equal(await namesOf(context, basin), inByteOrder([first, waiting, followed]), 'streams')
      const config = expect.ok(await basin.getStreamConfig(first))
      expect.equal(config.retention_policy, { age: 86_400n }, 'retention_policy of the new stream')
    },
  ),

  requirement(
    'AUT-004',
    'The two flags are independent',
    { needs: ['basins'], on: READERS },
    async (context) => {
      const { newBasin, newStreamName, expect, transport } = context
      const onAppend = await newBasin({ create_stream_on_append: true, create_stream_on_read: false })
      const notRead = onAppend.stream(newStreamName(), transport)
      const range = bounded(transport, { seqNum: 0n })
      expect.refused(await notRead.read(range), 404, 'stream_not_found')
      expect.refused(await notRead.checkTail(), 404, 'stream_not_found')
      expect.equal(await namesOf(context, onAppend), [], 'streams where only appends create')
      expect.equal(expect.ok(await notRead.append(batch('a'))).start.seqNum, 0n, 'number of the first record')

      const onRead = await newBasin({ create_stream_on_append: false, create_stream_on_read: true })
      const notAppended = onRead.stream(newStreamName(), transport)
      expect.refused(await notAppended.append(batch('a')), 404, 'stream_not_found')
      expect.equal(await namesOf(context, onRead), [], 'streams where only reads create')
      expect.refused(await notAppended.read(range), 416, { tail: EMPTY })
      expect.equal(await namesOf(context, onRead), [notAppended.name], 'streams after a read')
    },
  ),

  requirement(
    'AUT-005',
    'Invalid request does not create',
    { needs: ['basins'], on: READERS },
    async (context) => {
      const { newBasin, newStreamName, expect, transport } = context
      const basin = await newBasin({ create_stream_on_append: true, create_stream_on_read: true })
      const stream = basin.stream(newStreamName(), transport)
      const conflicts: readonly ReadQuery[] = [
        { seqNum: 0n, tailOffset: 0n },
        { seqNum: 0n, timestamp: 0n, tailOffset: 0n },
        { timestamp: 5n, until: 5n },
      ]
      for (const query of conflicts) {
        expect.refused(await stream.read(bounded(transport, query)), 422, 'invalid')
      }
      const { raw, recordsPath: path } = stream
      expect.refused(await raw({ method: 'POST', path, body: '{"records":' }), 400, 'bad_json')
      expect.refused(await raw({ method: 'POST', path, body: '{"records":[]}' }), 422, 'invalid')
      const tooMany = batch(...Array.from({ length: 1001 }, () => ''))
      expect.refused(await stream.over('json').append(tooMany), 422, 'invalid')
      expect.refused(await stream.over('protobuf').append(tooMany), 422, 'invalid')
      expect.equal(await namesOf(context, basin), [], 'streams of the basin')
    },
  ),

  requirement(
    'AUT-006',
    'Failing condition still creates',
    { needs: ['basins'], on: APPENDERS },
    async (context) => {
      const { newBasin, newStreamName, expect, transport } = context
      const basin = await newBasin({ create_stream_on_append: true })
      const byNumber = basin.stream(newStreamName(), transport)
      expect.refused(await byNumber.append({ ...batch('a'), matchSeqNum: 5n }), 412, { seq_num_mismatch: 0n })
      const byToken = basin.stream(newStreamName(), transport)
      expect.refused(await byToken.append({ ...batch('a'), fencingToken: 'mine' }), 412, {
        fencing_token_mismatch: '',
      })
      const names = [byNumber.name, byToken.name]
      expect.equal(await namesOf(context, basin), inByteOrder(names), 'streams of the basin')
      for (const stream of [byNumber, byToken])
        expect.equal(expect.ok(await stream.checkTail()), EMPTY, 'tail')
    },
  ),

  requirement(
    'AUT-007',
    'Missing key still creates',
    { needs: ['basins', 'encryption'], on: READERS },
    async (context) => {
      const { newBasin, newStreamName, expect, transport } = context
      const flags = { create_stream_on_append: true, create_stream_on_read: true }
      const basin = await newBasin({ stream_cipher: 'aegis-256', ...flags })
      const appended = basin.stream(newStreamName(), transport)
      expect.refused(await appended.append(batch('secret')), 400, 'bad_header')
      const read = basin.stream(newStreamName(), transport)
      expect.refused(await read.read(bounded(transport, { seqNum: 0n })), 400, 'bad_header')
      const names = [appended.name, read.name]
      expect.equal(await namesOf(context, basin), inByteOrder(names), 'streams of the basin')
      for (const stream of [appended, read]) {
        const ack = expect.ok(await stream.append(batch('secret'), withKey(KEY)))
        expect.equal(ack.start.seqNum, 0n, 'number of the first record')
      }
    },
  ),
]
