import type { Answer } from '../../../client/answer.ts'
import type { StreamConfigBody } from '../../../client/config-bodies.ts'
import { batch, record } from '../../../client/records.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { serverTime } from '../server-time.ts'
import { expectRecent } from '../times.ts'

type Change = (name: string, config: StreamConfigBody) => Promise<Answer<unknown>>

export const live: readonly Requirement[] = [
  requirement('CP-STR-048', 'Ensure reaches live streams', { needs: ['http2'] }, (context) =>
    expectEffect(context, (name, config) => context.basin.ensureStream(name, config)),
  ),

  requirement('CP-STR-064', 'Reconfigure reaches live streams', { needs: ['http2'] }, (context) =>
    expectEffect(context, (name, config) => context.basin.reconfigureStream(name, config)),
  ),
]

/** An appender and a follower stay connected while the mode changes; the next append is by the new one. */
async function expectEffect(context: CheckContext, change: Change): Promise<void> {
  const { newStream, expect } = context
  const begun = BigInt(await serverTime(context))
  const stream = (await newStream({ timestamping: { mode: 'client-prefer' } })).over('s2s')
  const appender = await stream.openAppend()
  const follower = await stream.openRead({ seqNum: 0n })
  const old = { records: [record('old', { timestamp: 1000n })] }
  await appender.send(old)
  expect.equal(expect.ok(await appender.next()).end.timestamp, 1000n, 'timestamp under client-prefer')

  expect.status(await change(stream.name, { timestamping: { mode: 'arrival' } }), 200)
  await appender.send(old)
  const arrived = expect.ok(await appender.next()).end.timestamp
  expect.that(arrived >= begun, `under arrival a moment from ${begun} on`, arrived)
  await expectRecent(context, Number(arrived))
  const unary = expect.ok(await stream.over('json').append(old)).end.timestamp
  expect.that(unary >= arrived, `so has another connection, from ${arrived} on`, unary)
  await expectRecent(context, Number(unary))

  expect.status(await change(stream.name, { timestamping: { mode: 'client-require' } }), 200)
  expect.refused(await stream.over('json').append(batch('without')), 422, 'invalid')
  const future = { records: [record('with', { timestamp: arrived })] }
  await appender.send(future)
  expect.equal(expect.ok(await appender.next()).start.seqNum, 3n, 'number of the record with a timestamp')
  await appender.send(batch('without'))
  expect.refused(await appender.next(), 422, 'invalid')
  expect.records(await follower.records(4), 0n, [record('old'), record('old'), record('old'), record('with')])
  follower.cancel()
}
