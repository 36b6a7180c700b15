import type { RawRequest } from '../../../client/raw.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'

export const basinChoice: readonly Requirement[] = [
  requirement('CP-RT-004', 'One origin, basin by header', { needs: ['basins'] }, async (context) => {
    const { newBasin, newStreamName, expect } = context
    const [left, right] = [await newBasin(), await newBasin()]
    const name = newStreamName()
    const stream = left.stream(name)
    const send = (request: RawRequest): ReturnType<typeof left.raw> =>
      left.raw({ ...request, headers: { ...request.headers, 's2-basin': right.name } })
    expect.ok(await send({ method: 'PUT', path: `/streams/${name}` }), 201)
    expect.refused(await left.getStreamConfig(name), 404, 'stream_not_found')
    const created = newStreamName()
    const statuses: number[] = []
    for (const operation of operationsOn(stream, created)) statuses.push((await send(operation)).status)
    expect.equal(statuses, [200, 200, 200, 200, 201, 200, 200, 202], 'statuses of the operations')
    expect.equal(expect.ok(await left.listStreams()).streams, [], 'streams of the other basin')
    expect.ok(await right.getStreamConfig(created))
  }),
]

/** The basin's operations on a stream that is there, its deletion last; and the creation of one that is not. */
export const operationsOn = ({ name, recordsPath }: StreamClient, created: string): readonly RawRequest[] => [
  { method: 'POST', path: recordsPath, body: '{"records":[{"body":"b"}]}' },
  { method: 'GET', path: `${recordsPath}?seq_num=0` },
  { method: 'GET', path: `${recordsPath}/tail` },
  { method: 'GET', path: '/streams' },
  { method: 'POST', path: '/streams', body: JSON.stringify({ stream: created }) },
  { method: 'GET', path: `/streams/${name}` },
  { method: 'PATCH', path: `/streams/${name}`, body: '{"retention_policy":{"age":77}}' },
  { method: 'DELETE', path: `/streams/${name}` },
]
