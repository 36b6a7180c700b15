import { record } from '../../../client/records.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { GOING } from '../during-deletion.ts'

export const requests: readonly Requirement[] = [
  requirement('TAIL-007', 'Errors', { needs: ['basins'] }, async (context) => {
    const { account, basin, expect, newStream, newStreamName, newBasinName, newBasin } = context
    expect.refused(await basin.stream(newStreamName()).checkTail(), 404, 'stream_not_found')
    const noBasin = account.basin(newBasinName())
    expect.refused(await noBasin.stream(newStreamName()).checkTail(), 404, 'basin_not_found')

    const stream = await newStream()
    expect.status(await basin.deleteStream(stream.name), 202)
    expect.refusedAs(await stream.checkTail(), GOING)
    const other = await newBasin()
    expect.refused(await other.stream(stream.name).checkTail(), 404, 'stream_not_found')
  }),

  onStream('TAIL-010', 'Query parameters and Accept are ignored', async ({ stream, expect }) => {
    expect.ok(await stream.append({ records: [record('a', { timestamp: 700n })] }))
    const path = `${stream.recordsPath}/tail`
    const queries = [
      '',
      '?seq_num=99',
      '?seq_num=x&count=-1',
      '?timestamp=1&seq_num=1',
      '?wait=3600',
      '?anything',
    ]
    const accepts = ['application/json', 'application/protobuf', 'text/event-stream', 'text/html', '*/*']
    for (const query of queries) {
      for (const accept of accepts) {
        const headers = { accept, 's2-format': 'base64' }
        const answer = await stream.raw({ method: 'GET', path: `${path}${query}`, headers })
        expect.equal(expect.ok(answer), { tail: { seq_num: 1n, timestamp: 700n } }, 'the body')
        expect.header(answer, 'content-type', /^application\/json\b/)
      }
    }
    const asSession = { accept: 'text/event-stream', 'content-type': 's2s/proto', 'last-event-id': 'abc' }
    const answer = await stream.raw({ method: 'GET', path, headers: asSession })
    expect.equal(expect.ok(answer), { tail: { seq_num: 1n, timestamp: 700n } }, 'the body')
  }),

  requirement('TAIL-009', 'Auto-creation by check-tail', { needs: ['basins'] }, async (context) => {
    const { newBasin, newStreamName, expect } = context
    const creating = await newBasin({ create_stream_on_read: true })
    const name = newStreamName()
    expect.equal(expect.ok(await creating.stream(name).checkTail()), { seqNum: 0n, timestamp: 0n }, 'tail')
    const { streams } = expect.ok(await creating.listStreams())
    expect.equal(
      streams.map((stream) => stream.name),
      [name],
      'streams of the basin',
    )

    const onAppendOnly = await newBasin({ create_stream_on_append: true })
    expect.refused(await onAppendOnly.stream(name).checkTail(), 404, 'stream_not_found')
    expect.equal(expect.ok(await onAppendOnly.listStreams()).streams, [], 'streams of the other basin')
  }),
]
