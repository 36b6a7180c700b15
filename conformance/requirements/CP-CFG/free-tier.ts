import { type Requirement, requirement } from '../../check/requirement.ts'
import { effective } from './effective.ts'

const DAY = 86_400

export const freeTier: readonly Requirement[] = [
  requirement(
    'CP-CFG-005',
    'Limits of the free tier',
    { needs: ['basins', 'free-tier'] },
    async ({ account, basin, newBasinName, newStreamName, expect }) => {
      for (const config of [
        { retention_policy: { age: 28 * DAY + 1 } },
        { retention_policy: { infinite: {} } },
        { storage_class: 'express' },
      ]) {
        const name = newStreamName()
        const refusals = [
          await basin.createStream(name, config),
          await basin.ensureStream(name, config),
          await account.createBasin(newBasinName(), { default_stream_config: config }),
        ]
        for (const refusal of refusals) {
          expect.refused(refusal, 422, 'invalid')
          const message = refusal.error?.message ?? ''
          expect.that(message.includes('free tier'), 'a message that says "free tier"', message)
        }
        expect.refused(await basin.getStreamConfig(name), 404, 'stream_not_found')
      }
      const name = newStreamName()
      const most = { storage_class: 'standard', retention_policy: { age: 28 * DAY } }
      expect.ok(await basin.createStream(name, most), 201)
      expect.equal(
        effective(expect.ok(await basin.getStreamConfig(name))).retention_policy,
        { age: BigInt(28 * DAY) },
        'retention of 28 days',
      )
      expect.refused(
        await basin.reconfigureStream(name, { retention_policy: { infinite: {} } }),
        422,
        'invalid',
      )
      expect.equal(
        effective(expect.ok(await basin.getStreamConfig(name))).retention_policy,
        { age: BigInt(28 * DAY) },
        'retention after the refusal',
      )
    },
  ),
]
