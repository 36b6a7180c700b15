import type { BasinClient } from '../../../client/basin-client.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { basinInfo, streamInfo } from '../during-deletion.ts'

const CONFIG = { retention_policy: { age: 1234 }, timestamping: { mode: 'arrival' } }

export const durableControlPlane: readonly Requirement[] = [
  requirement(
    'CP-LITE-007',
    'Control-plane state is durable',
    { needs: ['restart', 'basins'] },
    async (context) => {
      const { account, newBasinName, newStreamName, lifecycle, expect } = context
      const name = newBasinName()
      const config = { default_stream_config: CONFIG, create_stream_on_append: true }
      const token = { requestToken: 'once' }
      expect.ok(await account.createBasin(name, config, token), 201)
      const basin = account.basin(name)
      const [stream, gone] = [newStreamName(), newStreamName()]
      expect.ok(await basin.createStream(stream, { storage_class: 'standard' }, token), 201)
      expect.ok(await basin.createStream(gone), 201)
      for (const end of [lifecycle.kill, lifecycle.stop]) {
        expect.ok(await account.reconfigureBasin(name, { create_stream_on_read: end === lifecycle.stop }))
        expect.ok(await basin.reconfigureStream(stream, { timestamping: { uncapped: true } }))
        const before = await tell(context, basin, stream)
        if (end === lifecycle.kill) expect.status(await basin.deleteStream(gone), 202)
        await end()
        await lifecycle.start()
        expect.equal(await tell(context, basin, stream), before, 'basin and stream after the restart')
        await expectGoing(context, basin, gone)
        // Idempotency is kept too: the repeat of a create is none, the same name with another token is taken.
        for (const repeat of [
          await basin.createStream(stream, { storage_class: 'standard' }, token),
          await account.createBasin(name, config, token),
        ]) {
          expect.status(repeat, 200, 201)
          expect.header(repeat, 's2-provision-result', 'noop')
        }
        const again = await basin.createStream(stream, CONFIG, { requestToken: 'twice' })
        expect.refused(again, 409, 'resource_already_exists')
      }
    },
  ),
]

const tell = async (context: CheckContext, basin: BasinClient, stream: string): Promise<object> => ({
  basin: context.expect.present(await basinInfo(context, basin.name), 'the entry of the basin'),
  config: context.expect.ok(await context.account.getBasinConfig(basin.name)),
  stream: context.expect.present(await streamInfo(context, basin, stream), 'the entry of the stream'),
  streamConfig: context.expect.ok(await basin.getStreamConfig(stream)),
})

/** Its deletion was accepted before the end, and goes on after it. */
async function expectGoing({ expect }: CheckContext, basin: BasinClient, stream: string): Promise<void> {
  const { status, error } = await basin.getStreamConfig(stream)
  const outcome = `${status} ${error?.code}`
  expect.that(
    ['404 stream_not_found', '409 stream_deletion_pending'].includes(outcome),
    'the deleted stream is going or gone',
    outcome,
  )
}
