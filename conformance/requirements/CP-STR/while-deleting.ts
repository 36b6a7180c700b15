import type { Answer } from '../../../client/answer.ts'
import type { BasinClient } from '../../../client/basin-client.ts'
import { batch } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import type { Expect } from '../../check/expect.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { whileBasinIsDeleted, whileStreamIsDeleted } from '../during-deletion.ts'

export const whileDeleting: readonly Requirement[] = [
  requirement('CP-STR-053', 'Get config while deleting', async (context) => {
    const { basin, newStream, expect } = context
    const ask = ({ name }: StreamClient) => basin.getStreamConfig(name)
    await whileStreamIsDeleted(context, basin, newStream, ask, (answer) =>
      expect.refused(answer, 409, 'stream_deletion_pending'),
    )
  }),

  requirement('CP-STR-073', 'Deleted from the answer on', { needs: ['basins'] }, async (context) => {
    const { newBasin, newStreamName, expect } = context
    const basin = await newBasin({ create_stream_on_append: true, create_stream_on_read: true })
    const requestToken = 'mine'
    const make = async () => {
      const name = newStreamName()
      expect.ok(await basin.createStream(name, {}, { requestToken }), 201)
      expect.ok(await basin.stream(name).append(batch('a')))
      return basin.stream(name)
    }
    const ask = (stream: StreamClient) =>
      Promise.all([
        stream.append(batch('b')),
        stream.over('s2s').append(batch('b')),
        stream.append({ ...batch('b'), matchSeqNum: 0n }),
        stream.read({ seqNum: 0n }),
        stream.over('sse').read({ seqNum: 0n, wait: 0 }),
        stream.checkTail(),
        basin.getStreamConfig(stream.name),
        basin.reconfigureStream(stream.name, { retention_policy: { age: 60 } }),
        basin.createStream(stream.name),
        basin.createStream(stream.name, {}, { requestToken }),
        basin.ensureStream(stream.name),
      ])
    await whileStreamIsDeleted(context, basin, make, ask, allRefused(expect, 'stream_deletion_pending'))
  }),

  requirement('CP-STR-026', 'Order of checks', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, newBasinName, newStreamName, expect } = context
    const withToken = { requestToken: 'mine' }
    const inNoBasin = await account.basin(newBasinName()).createStream(newStreamName(), {}, withToken)
    expect.refused(inNoBasin, 404, 'basin_not_found')

    const askBasin = (basin: BasinClient, stream: string) =>
      Promise.all([
        basin.createStream(newStreamName(), {}, withToken),
        basin.createStream(stream, {}, withToken),
        basin.createStream(stream),
      ])
    await whileBasinIsDeleted(context, newBasin, askBasin, allRefused(expect, 'basin_deletion_pending'))

    const basin = await newBasin()
    const make = async () => {
      const name = newStreamName()
      expect.ok(await basin.createStream(name, {}, withToken), 201)
      return basin.stream(name)
    }
    const ask = ({ name }: StreamClient) =>
      Promise.all([basin.createStream(name, {}, withToken), basin.createStream(name)])
    await whileStreamIsDeleted(context, basin, make, ask, allRefused(expect, 'stream_deletion_pending'))

    const { name } = await make()
    expect.ok(await basin.createStream(name, {}, withToken), 201)
    expect.refused(await basin.createStream(name), 409, 'resource_already_exists')
  }),

  requirement('CP-STR-046', 'Errors of ensure', { needs: ['basins'] }, async (context) => {
    const { account, basin, newBasin, newBasinName, newStream, newStreamName, expect } = context
    const zero = { retention_policy: { age: 0 } }
    const unknown = account.basin(newBasinName())
    expect.refused(await unknown.ensureStream(newStreamName()), 404, 'basin_not_found')
    const { name } = await newStream()
    const untouched = newStreamName()
    for (const each of [name, untouched]) {
      expect.refused(await basin.ensureStream(each, zero), 422, 'invalid')
    }
    expect.refused(await basin.getStreamConfig(untouched), 404, 'stream_not_found')

    const askBasin = (deleting: BasinClient, stream: string) =>
      Promise.all([deleting.ensureStream(newStreamName()), deleting.ensureStream(stream)])
    await whileBasinIsDeleted(context, newBasin, askBasin, allRefused(expect, 'basin_deletion_pending'))
    const ask = (stream: StreamClient) =>
      Promise.all([
        basin.ensureStream(stream.name),
        basin.ensureStream(stream.name, { retention_policy: { age: 60 } }),
      ])
    await whileStreamIsDeleted(context, basin, newStream, ask, allRefused(expect, 'stream_deletion_pending'))
  }),

  requirement('CP-STR-062', 'Errors of reconfigure', { needs: ['basins'] }, async (context) => {
    const { account, basin, newBasin, newBasinName, newStream, newStreamName, expect } = context
    const patch = { retention_policy: { age: 60 } }
    const unknown = account.basin(newBasinName())
    expect.refused(await unknown.reconfigureStream(newStreamName(), patch), 404, 'basin_not_found')
    expect.refused(await basin.reconfigureStream(newStreamName(), patch), 404, 'stream_not_found')

    const askBasin = (deleting: BasinClient, stream: string) =>
      Promise.all([
        deleting.reconfigureStream(newStreamName(), patch),
        deleting.reconfigureStream(stream, patch),
        deleting.reconfigureStream(stream, {}),
      ])
    await whileBasinIsDeleted(context, newBasin, askBasin, allRefused(expect, 'basin_deletion_pending'))
    const ask = ({ name }: StreamClient) =>
      Promise.all([basin.reconfigureStream(name, patch), basin.reconfigureStream(name, {})])
    await whileStreamIsDeleted(context, basin, newStream, ask, allRefused(expect, 'stream_deletion_pending'))
  }),
]

const allRefused = (expect: Expect, code: string) => (answers: readonly Answer<unknown>[]) => {
  for (const answer of answers) expect.refused(answer, 409, code)
}
