import { batch, record } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { operationsOn } from '../CP-RT/basin-choice.ts'
import { sessionsOn } from './sessions-on.ts'

export const basinHeader: readonly Requirement[] = [
  requirement('RTE-003', 'Missing `s2-basin`', async (context) => {
    const { newStream, newStreamName, expect } = context
    const stream = await newStream(CREATED)
    expect.ok(await stream.append(batch('a')))
    const created = newStreamName()
    for (const operation of [...operationsOn(stream, created), ...sessionsOn(stream)]) {
      expect.refused(await stream.raw({ ...operation, without: ['s2-basin'] }), 400, 'bad_header')
    }
    await expectUntouched(context, stream, created)
  }),

  requirement('RTE-004', 'Invalid `s2-basin`', async (context) => {
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
  }),
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
