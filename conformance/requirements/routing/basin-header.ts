import type { RawRequest } from '../../../client/raw.ts'
import { batch, record } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import { row } from '../../catalogue/catalogue.ts'
import type { CheckContext } from '../../check/context.ts'
import type { Requirement } from '../../check/requirement.ts'
import { sessionsOn } from './sessions-on.ts'

export const basinHeaderMissing: Requirement = {
  ...row('RTE-003'),
  needs: [],
  async check(context) {
    const { newStream, newStreamName, expect } = context
    const stream = await newStream(CREATED)
    expect.ok(await stream.append(batch('a')))
    const created = newStreamName()
    for (const operation of [...operationsOn(stream, created), ...sessionsOn(stream)]) {
      expect.refused(await stream.raw({ ...operation, without: ['s2-basin'] }), 400, 'bad_header')
    }
    await expectUntouched(context, stream, created)
  },
}

export const basinHeaderInvalid: Requirement = {
  ...row('RTE-004'),
  needs: [],
  async check(context) {
    const { basin, newBasinName, newStream, newStreamName, expect } = context
    const stream = await newStream(CREATED)
    expect.ok(await stream.append(batch('a')))
    const created = newStreamName()
    for (const value of NOT_BASIN_NAMES) {
      for (const operation of [...operationsOn(stream, created), ...sessionsOn(stream)]) {
        const headers = { ...operation.headers, 's2-basin': value }
        expect.refused(await stream.raw({ ...operation, headers }), 400, 'bad_header')
      }
    }
    await expectUntouched(context, stream, created)
    // Nothing is wrong with a name of 8 or 48 bytes, whether there is such a basin or not, or with blanks around it.
    for (const value of ['8-bytes0', newBasinName().padEnd(48, '0')]) {
      const tail = { method: 'GET', path: `${stream.recordsPath}/tail`, headers: { 's2-basin': value } }
      expect.refused(await stream.raw(tail), 404, 'basin_not_found')
    }
    const blanks = { 's2-basin': ` ${basin.name}\t` }
    expect.ok(await stream.raw({ method: 'GET', path: `${stream.recordsPath}/tail`, headers: blanks }))
  },
}

export const headerChoosesBasin: Requirement = {
  ...row('CP-RT-004'),
  needs: ['basins'],
  async check({ newBasin, newStreamName, expect }) {
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
  },
}

/** The basin's operations on a stream that is there, its deletion last; and the creation of one that is not. */
const operationsOn = ({ name, recordsPath }: StreamClient, created: string): readonly RawRequest[] => [
  { method: 'POST', path: recordsPath, body: '{"records":[{"body":"b"}]}' },
  { method: 'GET', path: `${recordsPath}?seq_num=0` },
  { method: 'GET', path: `${recordsPath}/tail` },
  { method: 'GET', path: '/streams' },
  { method: 'POST', path: '/streams', body: JSON.stringify({ stream: created }) },
  { method: 'GET', path: `/streams/${name}` },
  { method: 'PATCH', path: `/streams/${name}`, body: '{"retention_policy":{"age":77}}' },
  { method: 'DELETE', path: `/streams/${name}` },
]

/** The stream holds the one record `a` under the retention that it was created with; the other was not created. */
async function expectUntouched(context: CheckContext, stream: StreamClient, created: string): Promise<void> {
  const { basin, expect } = context
  await expect.holds(stream, [record('a')])
  const { retention_policy: retention } = expect.ok(await basin.getStreamConfig(stream.name))
  expect.equal(retention, CREATED.retention_policy, 'a retention that was not changed')
  expect.refused(await basin.getStreamConfig(created), 404, 'stream_not_found')
}

const CREATED = { retention_policy: { age: 60n } }

const NOT_BASIN_NAMES = [
  '',
  'seven-7',
  'n'.repeat(49),
  'Upper-case',
  'under_score',
  'dotted.name',
  '-leading',
  'trailing-',
  'two-names,two-names',
  'latin-\u00e9-letter',
]
