import { batch } from '../../../client/records.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { effective } from '../CP-CFG/effective.ts'
import { streamInfo } from '../during-deletion.ts'

export const autoCreation: readonly Requirement[] = [
  requirement('CP-STR-084', 'Config of auto-created streams', { needs: ['basins'] }, async (context) => {
    const { newBasin, newStreamName, expect, eventually } = context
    const defaults = {
      storage_class: 'standard',
      retention_policy: { age: 86_400 },
      timestamping: { mode: 'arrival', uncapped: true },
      delete_on_empty: { min_age_secs: 3600 },
    }
    const basin = await newBasin({
      create_stream_on_append: true,
      create_stream_on_read: true,
      default_stream_config: defaults,
    })
    for (const touch of [
      (name: string) => basin.stream(name).append(batch('a')),
      (name: string) => basin.stream(name).over('s2s').append(batch('a')),
      (name: string) => basin.stream(name).read({ seqNum: 0n }),
      (name: string) => basin.stream(name).over('sse').read({ seqNum: 0n, wait: 0, clamp: true }),
    ]) {
      const name = newStreamName()
      expect.status(await touch(name), 200, 416)
      const config = expect.ok(await basin.getStreamConfig(name))
      expect.equal(effective(config), effective(defaults), 'configuration')
      const info = await eventually('the stream is listed', 30, () => streamInfo(context, basin, name))
      expect.defaulted(info.cipher, null, 'cipher, in a basin without one')
      for (const options of [{}, { requestToken: '' }, { requestToken: 'late' }]) {
        expect.refused(await basin.createStream(name, {}, options), 409, 'resource_already_exists')
      }
    }
  }),

  requirement('CP-STR-085', 'No auto-creation', { on: ['json', 'protobuf', 's2s'] }, async (context) => {
    const { account, basin, newBasinName, newStreamName, expect, transport } = context
    const name = newStreamName()
    for (const [where, code] of [
      [basin, 'stream_not_found'],
      [account.basin(newBasinName()), 'basin_not_found'],
    ] as const) {
      const stream = where.stream(name, transport)
      expect.refused(await stream.append(batch('a')), 404, code)
      expect.refused(await stream.read({ seqNum: 0n, wait: 0 }), 404, code)
      expect.refused(await stream.checkTail(), 404, code)
    }
    expect.refused(await basin.getStreamConfig(name), 404, 'stream_not_found')
  }),
]
