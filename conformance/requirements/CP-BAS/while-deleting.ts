import type { Answer } from '../../../client/answer.ts'
import type { BasinClient } from '../../../client/basin-client.ts'
import { batch } from '../../../client/records.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { basinInfo, whileBasinIsDeleted } from '../during-deletion.ts'
import { recentTimeOf } from '../times.ts'
import { configOf } from './served.ts'

export const whileDeleting: readonly Requirement[] = [
  requirement('CP-BAS-039', 'Create while deleting', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect } = context
    const requestToken = 'matching'
    const make = async (): Promise<BasinClient> => {
      const name = newBasinName()
      expect.ok(await account.createBasin(name, {}, { requestToken }), 201)
      await configOf(context, name)
      return account.basin(name)
    }
    const ask = async ({ name }: BasinClient) => {
      const answers = await Promise.all([
        account.createBasin(name),
        account.createBasin(name, {}, { requestToken }),
        account.createBasin(name, {}, { requestToken: 'other' }),
        account.createBasin(name, { create_stream_on_read: true }),
      ])
      return { answers, info: await basinInfo(context, name) }
    }
    await whileBasinIsDeleted(context, make, ask, async ({ answers, info }) => {
      for (const answer of answers) {
        expect.refusedAs(answer, [
          [409, 'basin_deletion_pending'],
          [409, 'resource_already_exists'],
        ])
      }
      await recentTimeOf(context, info?.deleted_at)
    })
  }),

  requirement('CP-BAS-055', 'Ensure while deleting', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const ask = async ({ name }: BasinClient) => {
      const answers = await Promise.all([
        account.ensureBasin(name),
        account.ensureBasin(name, {}),
        account.ensureBasin(name, { config: { create_stream_on_read: true } }),
      ])
      return { answers, info: await basinInfo(context, name) }
    }
    await whileBasinIsDeleted(context, newBasin, ask, async ({ answers, info }) => {
      for (const answer of answers) expect.refused(answer, 409, 'basin_deletion_pending')
      await recentTimeOf(context, info?.deleted_at)
    })
  }),

  requirement('CP-BAS-062', 'Get config while deleting', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const make = () => newBasin({ default_stream_config: { retention_policy: { age: 60 } } })
    const ask = ({ name }: BasinClient) => account.getBasinConfig(name)
    await whileBasinIsDeleted(context, make, ask, (answer) => {
      const { default_stream_config: defaults } = expect.ok(answer)
      expect.equal(defaults?.retention_policy, { age: 60n }, 'retention of new streams')
    })
  }),

  requirement('CP-BAS-073', 'Reconfigure while deleting', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const ask = async ({ name }: BasinClient) => {
      const answers = await Promise.all([
        account.reconfigureBasin(name, {}),
        account.reconfigureBasin(name, { create_stream_on_read: true }),
      ])
      return { answers, config: await account.getBasinConfig(name) }
    }
    await whileBasinIsDeleted(context, newBasin, ask, ({ answers, config }) => {
      for (const answer of answers) expect.refused(answer, 409, 'basin_deletion_pending')
      expect.equal(expect.ok(config).create_stream_on_read, false, 'create_stream_on_read')
    })
  }),

  requirement('CP-BAS-084', 'What works during deletion', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect, record } = context
    const creating = () => newBasin({ create_stream_on_append: true, create_stream_on_read: true })
    const change = (basin: BasinClient, stream: string) => askForChanges(context, basin, stream)
    await whileBasinIsDeleted(context, creating, change, (refused) => {
      for (const answer of refused) expect.refused(answer, 409, 'basin_deletion_pending')
    })

    const look = async (basin: BasinClient, stream: string) => ({
      others: await Promise.all([
        account.listBasins({ prefix: basin.name, limit: 1 }),
        account.getBasinConfig(basin.name),
        basin.listStreams({ limit: 1 }),
      ]),
      ofStream: await Promise.all([
        basin.getStreamConfig(stream),
        basin.stream(stream).append(batch('a')),
        basin.stream(stream).read({ seqNum: 0n, count: 0n }),
        basin.stream(stream).checkTail(),
      ]),
    })
    await whileBasinIsDeleted(context, newBasin, look, ({ others, ofStream }) => {
      for (const answer of others) expect.status(answer, 200)
      // The streams are marked one after the other, which may have come to this one.
      for (const answer of ofStream) {
        const came = answer.status === 200 ? 'success' : answer.error?.code
        expect.that(MARKED_OR_NOT.includes(came), `one of ${MARKED_OR_NOT.join(', ')}`, came)
      }
      record(`${ofStream.filter(({ status }) => status === 200).length} of 4 requests to a stream succeeded`)
    })
  }),
]

const MARKED_OR_NOT: readonly (string | undefined)[] = [
  'success',
  'stream_deletion_pending',
  'stream_not_found',
]

/** All at once, since a server may soon be done. */
function askForChanges(
  { account, newStreamName }: CheckContext,
  basin: BasinClient,
  stream: string,
): Promise<readonly Answer<unknown>[]> {
  const { name } = basin
  const unknown = () => basin.stream(newStreamName())
  return Promise.all([
    account.createBasin(name),
    account.ensureBasin(name),
    account.reconfigureBasin(name, { create_stream_on_read: false }),
    basin.createStream(newStreamName()),
    basin.ensureStream(newStreamName()),
    basin.reconfigureStream(stream, { retention_policy: { age: 60 } }),
    unknown().append(batch('a')),
    unknown().over('s2s').append(batch('a')),
    unknown().read({ seqNum: 0n }),
    unknown().checkTail(),
  ])
}
