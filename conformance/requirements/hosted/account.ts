import { row } from '../../catalogue/catalogue.ts'
import type { Requirement } from '../../check/requirement.ts'
import { effective } from '../config/effective.ts'

const DAY = 86_400

export const freeTierLimits: Requirement = {
  ...row('CP-CFG-005'),
  needs: ['basins', 'free-tier'],
  async check({ account, basin, newBasinName, newStreamName, expect }) {
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
}

export const storageClassIsShown: Requirement = {
  ...row('CP-STR-065'),
  needs: [],
  unless: ['free-tier'],
  async check({ basin, newStreamName, expect }) {
    const name = newStreamName()
    expect.ok(await basin.createStream(name, { storage_class: 'standard' }), 201)
    for (const storageClass of ['express', 'standard']) {
      const patched = expect.ok(await basin.reconfigureStream(name, { storage_class: storageClass }))
      const expected = effective({ storage_class: storageClass })
      expect.equal(effective(patched), expected, 'configuration in the answer')
      const read = expect.ok(await basin.getStreamConfig(name))
      expect.equal(effective(read), expected, 'configuration by the next GET')
    }
  },
}

export const hostNamesTheBasin: Requirement = {
  ...row('CP-RT-003'),
  needs: ['basins', 'basin-hosts'],
  async check({ basin, newBasin, newStreamName, expect }) {
    // The requests of this run carry no s2-basin: only the host says which basin is meant.
    const other = await newBasin()
    const name = newStreamName()
    expect.ok(await basin.createStream(name), 201)
    expect.ok(await basin.stream(name).append({ records: [{ headers: [], body: new Uint8Array(1) }] }))
    expect.equal(expect.ok(await basin.stream(name).checkTail()).seqNum, 1n, 'tail.seq_num in the basin')
    expect.refused(await other.getStreamConfig(name), 404, 'stream_not_found')
    expect.refused(await other.stream(name).checkTail(), 404, 'stream_not_found')
    expect.equal(expect.ok(await other.listStreams()).streams, [], 'streams of the other basin')
  },
}
