import { InconclusiveError } from '../../../client/failures.ts'
import { batch, record } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import type { Timestamp } from '../../../proto/types.ts'
import type { CheckContext } from '../../check/context.ts'
import { overlap, type Timed, timed } from '../../check/overlap.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { APPENDERS } from '../transports.ts'

export const reconfiguration: readonly Requirement[] = [
  requirement(
    'APP-043',
    'Reconfiguration of timestamping affects later appends',
    { on: APPENDERS },
    async (context) => {
      const { newStream, basin, expect, eventually } = context
      const stream = await newStream({ timestamping: { mode: 'client-prefer' } })
      const session = await stream.openAppend()
      const old = { records: [record('old', { timestamp: 1n })] }
      const appends: Timed<Timestamp>[] = []
      const switched = eventually('appends follow the new mode', 60, async () => {
        const append = await timed(context, 0, async () => expect.ok(await stream.append(old)).end.timestamp)
        appends.push(append)
        // In mode `arrival` the given timestamp is not looked at.
        return append.value > 1n ? true : undefined
      })
      const reconfigured = await timed(context, 1, () =>
        basin.reconfigureStream(stream.name, { timestamping: { mode: 'arrival' } }),
      )
      expect.equal(
        expect.ok(reconfigured.value).timestamping?.mode,
        'arrival',
        'mode of the reconfigured stream',
      )
      await switched
      await requireTimestamps(context, stream)
      await session.send(batch('without'))
      expect.refused(await session.next(), 422, 'invalid')
      if (!appends.some((append) => overlap(append, reconfigured))) {
        throw new InconclusiveError('no append was under way while the stream was reconfigured')
      }
    },
  ),
]

/** Once more, to a mode that refuses what was accepted before. */
async function requireTimestamps(
  { basin, expect, eventually }: CheckContext,
  stream: StreamClient,
): Promise<void> {
  expect.ok(await basin.reconfigureStream(stream.name, { timestamping: { mode: 'client-require' } }))
  const refused = await eventually('a record without a timestamp is refused', 60, async () => {
    const answer = await stream.append(batch('without'))
    return answer.status === 200 ? undefined : answer
  })
  expect.refused(refused, 422, 'invalid')
  expect.ok(await stream.append({ records: [record('with', { timestamp: 1n })] }))
}
