import { batch, fence, record } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import type { CheckContext } from '../../check/context.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { inByteOrder } from '../byte-order.ts'
import { effective } from '../CP-CFG/effective.ts'
import { DELETION_SECONDS, GOING, untilStreamIsGone, whileStreamIsDeleted } from '../during-deletion.ts'
import { recentTimeOf, timeOf } from '../times.ts'

const EMPTY = { seqNum: 0n, timestamp: 0n }

export const deleteCall: readonly Requirement[] = [
  onStream('CP-STR-070', 'Delete', { patience: DELETION_SECONDS }, async (context) => {
    const { stream, basin, expect } = context
    expect.ok(await stream.append(batch('a', 'b')))
    const answer = await basin.deleteStream(stream.name)
    expect.status(answer, 202)
    expect.equal(answer.body.length, 0, 'bytes in the body')
    await untilStreamIsGone(context, basin, stream.name)
    expect.refused(await stream.read({ seqNum: 0n }), 404, 'stream_not_found')
    expect.refused(await stream.append(batch('c')), 404, 'stream_not_found')
  }),

  requirement('CP-STR-071', 'Delete an unknown stream', async (context) => {
    const { account, basin, newBasinName, newStream, newStreamName, expect } = context
    const { name } = await newStream()
    for (const unknown of [newStreamName(), `${name}/`, `${name}0`, name.slice(0, 3)]) {
      expect.refused(await basin.deleteStream(unknown), 404, 'stream_not_found')
    }
    expect.refusedAs(await account.basin(newBasinName()).deleteStream(name), [
      [404, 'stream_not_found'],
      [404, 'basin_not_found'],
    ])
    expect.ok(await basin.getStreamConfig(name))
  }),

  requirement('CP-STR-072', 'Delete repeated', { patience: DELETION_SECONDS }, async (context) => {
    const { basin, newStream, expect } = context
    const repeat = ({ name }: StreamClient) => Promise.all([1, 2, 3].map(() => basin.deleteStream(name)))
    await whileStreamIsDeleted(context, basin, newStream, repeat, (repeats) => {
      for (const answer of repeats) {
        expect.status(answer, 202)
        expect.equal(answer.body.length, 0, 'bytes in the body')
      }
    })
    const { name } = await newStream()
    expect.status(await basin.deleteStream(name), 202)
    await untilStreamIsGone(context, basin, name)
    expect.refused(await basin.deleteStream(name), 404, 'stream_not_found')
    expect.refused(await basin.deleteStream(name), 404, 'stream_not_found')
  }),

  requirement('CP-STR-074', 'Name is free again', { patience: DELETION_SECONDS }, async (context) => {
    const { basin, newStreamName, expect } = context
    const stream = basin.stream(newStreamName())
    const config = { retention_policy: { age: 60 }, timestamping: { uncapped: true } }
    const withToken = { requestToken: 'first life' }
    const { created_at: createdAt } = expect.ok(await basin.createStream(stream.name, config, withToken), 201)
    const old = [record('a', { timestamp: 9_000_000_000_000n }), fence('mine'), record('b')]
    expect.ok(await stream.append({ records: old }))
    expect.status(await basin.deleteStream(stream.name), 202)
    await untilStreamIsGone(context, basin, stream.name)

    const again = expect.ok(await basin.createStream(stream.name), 201)
    expect.that(
      (await recentTimeOf(context, again.created_at)) > timeOf(expect, createdAt),
      'created_at is later',
      again.created_at,
    )
    expect.defaulted(again.deleted_at, null, 'deleted_at')
    const stored = expect.ok(await basin.getStreamConfig(stream.name))
    expect.equal(effective(stored), effective({}), 'configuration')
    expect.equal(expect.ok(await stream.checkTail()), EMPTY, 'tail')
    expect.refused(await stream.read({ seqNum: 0n }), 416, { tail: EMPTY })
    const repeat = await basin.createStream(stream.name, config, withToken)
    expect.refused(repeat, 409, 'resource_already_exists')
    const fenced = await stream.append({ ...batch('x'), fencingToken: 'mine' })
    expect.refused(fenced, 412, { fencing_token_mismatch: '' })
    const sent = [record('new', { timestamp: 1n })]
    expect.equal(
      expect.ok(await stream.append({ records: sent })).start,
      { ...EMPTY, timestamp: 1n },
      'start',
    )
    await expect.holds(stream, sent)
  }),

  onStream('CP-STR-075', 'Delete needs no key or token', async ({ stream, basin, expect }) => {
    expect.ok(await stream.append({ records: [fence('mine'), record('a')] }))
    expect.refused(await stream.append({ ...batch('b'), fencingToken: '' }), 412, {
      fencing_token_mismatch: 'mine',
    })
    expect.status(await basin.deleteStream(stream.name), 202)
    expect.refusedAs(await stream.checkTail(), GOING)
  }),

  requirement(
    'CP-STR-076',
    'Siblings stay',
    { needs: ['basins'], patience: DELETION_SECONDS },
    async (context) => {
      const { newBasin, expect } = context
      const basin = await newBasin()
      const others = await Promise.all(
        ['b', 'b/', 'b/a', 'bb', 'b\u0001', 'a', 'B'].map((name) =>
          createFilled(context, basin.stream(name)),
        ),
      )
      const gone = await createFilled(context, basin.stream('b0'))
      expect.status(await basin.deleteStream('b0'), 202)
      await untilStreamIsGone(context, basin, gone.name)
      const doomed = others[0] ?? gone
      expect.status(await basin.deleteStream(doomed.name), 202)
      await untilStreamIsGone(context, basin, doomed.name)
      for (const stream of others.slice(1)) {
        await expect.holds(stream, [record(stream.name), fence(stream.name)])
        const { retention_policy } = expect.ok(await basin.getStreamConfig(stream.name))
        expect.equal(retention_policy, { age: 3600n }, 'retention_policy')
        const fenced = await stream.append({ ...batch('x'), fencingToken: '' })
        expect.refused(fenced, 412, { fencing_token_mismatch: stream.name })
      }
      const { streams } = expect.ok(await basin.listStreams())
      const names = inByteOrder(others.slice(1).map(({ name }) => name))
      const listed: readonly string[] = streams.map(({ name }) => name)
      expect.equal(listed, names, 'streams of the basin')

      async function createFilled({ expect }: CheckContext, stream: StreamClient): Promise<StreamClient> {
        expect.ok(await basin.createStream(stream.name, { retention_policy: { age: 3600 } }), 201)
        expect.ok(await stream.append({ records: [record(stream.name), fence(stream.name)] }))
        return stream
      }
    },
  ),
]
