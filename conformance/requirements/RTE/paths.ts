import { batch, record } from '../../../client/records.ts'
import { getRecords, getTail, jsonAck, jsonBatch, postRecords } from '../../by-hand/requests.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { READERS } from '../transports.ts'

export const paths: readonly Requirement[] = [
  onStream('RTE-001', 'Data-plane paths and methods', async ({ stream, expect }) => {
    const append = await postRecords(stream, '{"records":[{"body":"a"}]}')
    expect.ok(append)
    const { end } = jsonAck(append)
    expect.equal(end.seqNum, 1n, 'end of the append')
    const read = await getRecords(stream, 'seq_num=0')
    expect.ok(read)
    expect.records(jsonBatch(read).records, 0n, [record('a')])
    const tail = { seq_num: 1n, timestamp: end.timestamp }
    expect.equal<unknown>(expect.ok(await getTail(stream)), { tail }, 'the tail')
    for (const [method, path] of OTHER_OPERATIONS) {
      expect.status(await stream.raw({ method, path: `${stream.recordsPath}${path}` }), 400, 404, 405, 501)
    }
    expect.records(expect.ok(await stream.read({ seqNum: 0n })).records, 0n, [record('a')])
    expect.equal(expect.ok(await stream.checkTail()).seqNum, 1n, 'tail after operations that do not exist')
  }),

  requirement(
    'RTE-002',
    'Where the basin is named',
    { needs: ['basins'], on: ['json', 'protobuf', 'sse', 's2s', 's2s-http1'] },
    async ({ newBasin, newStreamName, transport, expect }) => {
      const name = newStreamName()
      const [left, right] = [await newBasin(), await newBasin()]
      for (const basin of [left, right]) expect.ok(await basin.createStream(name), 201)
      const [leftStream, rightStream] = [left.stream(name, transport), right.stream(name, transport)]
      expect.ok(await leftStream.append(batch('left')))
      expect.ok(await rightStream.append(batch('right', 'right')))
      const all = { seqNum: 0n, count: 10n }
      expect.records(expect.ok(await leftStream.read(all)).records, 0n, [record('left')])
      expect.records(expect.ok(await rightStream.read(all)).records, 0n, [record('right'), record('right')])
      expect.equal(expect.ok(await leftStream.checkTail()).seqNum, 1n, 'tail in the one basin')
      expect.equal(expect.ok(await rightStream.checkTail()).seqNum, 2n, 'tail in the other basin')
    },
  ),

  requirement('RTE-005', 'Unknown basin', { on: READERS }, async (context) => {
    const { account, newBasinName, newStreamName, transport, expect } = context
    const stream = account.basin(newBasinName()).stream(newStreamName(), transport)
    expect.refused(await stream.append(batch('a')), 404, 'basin_not_found')
    expect.refused(await stream.read({ seqNum: 0n, count: 1n }), 404, 'basin_not_found')
    expect.refused(await stream.checkTail(), 404, 'basin_not_found')
  }),

  requirement('RTE-006', 'Unknown stream', { on: READERS }, async (context) => {
    const { basin, newStreamName, transport, expect } = context
    const name = newStreamName()
    const stream = basin.stream(name, transport)
    expect.refused(await stream.append(batch('a')), 404, 'stream_not_found')
    expect.refused(await stream.read({ seqNum: 0n, count: 1n }), 404, 'stream_not_found')
    expect.refused(await stream.checkTail(), 404, 'stream_not_found')
    expect.refused(await basin.getStreamConfig(name), 404, 'stream_not_found')
  }),
]

const OTHER_OPERATIONS = [
  ['PUT', ''],
  ['PATCH', ''],
  ['DELETE', ''],
  ['POST', '/tail'],
  ['PUT', '/tail'],
  ['DELETE', '/tail'],
  ['GET', '/head'],
] as const
