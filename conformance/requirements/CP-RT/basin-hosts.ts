import { type Requirement, requirement } from '../../check/requirement.ts'

export const basinHosts: readonly Requirement[] = [
  requirement('CP-RT-003', 'Basin endpoint', { needs: ['basins', 'basin-hosts'] }, async (context) => {
    const { basin, newBasin, newStreamName, expect } = context
    // The requests of this run carry no s2-basin: only the host says which basin is meant.
    const other = await newBasin()
    const name = newStreamName()
    expect.ok(await basin.createStream(name), 201)
    expect.ok(await basin.stream(name).append({ records: [{ headers: [], body: new Uint8Array(1) }] }))
    expect.equal(expect.ok(await basin.stream(name).checkTail()).seqNum, 1n, 'tail.seq_num in the basin')
    expect.refused(await other.getStreamConfig(name), 404, 'stream_not_found')
    expect.refused(await other.stream(name).checkTail(), 404, 'stream_not_found')
    expect.equal(expect.ok(await other.listStreams()).streams, [], 'streams of the other basin')
  }),
]
