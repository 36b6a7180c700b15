import { type Requirement, requirement } from '../../check/requirement.ts'
import { effective, effectiveBasin } from './effective.ts'

/** What is sent as the default of a basin, and what comes back. */
const WRITTEN = [
  [null, null],
  [{}, null],
  [{ timestamping: {} }, null],
  [{ storage_class: null, retention_policy: null }, null],
  [
    { storage_class: 'standard' },
    { storage_class: 'standard', retention_policy: null, timestamping: null, delete_on_empty: null },
  ],
  [
    { retention_policy: { infinite: {} } },
    { storage_class: null, retention_policy: { infinite: {} }, timestamping: null, delete_on_empty: null },
  ],
  [
    { timestamping: { mode: 'arrival' } },
    {
      storage_class: null,
      retention_policy: null,
      timestamping: { mode: 'arrival', uncapped: null },
      delete_on_empty: null,
    },
  ],
  [
    { timestamping: { uncapped: false } },
    {
      storage_class: null,
      retention_policy: null,
      timestamping: { mode: null, uncapped: false },
      delete_on_empty: null,
    },
  ],
  [
    { delete_on_empty: { min_age_secs: 0 }, retention_policy: { age: 60 } },
    {
      storage_class: null,
      retention_policy: { age: 60n },
      timestamping: null,
      delete_on_empty: { min_age_secs: 0n },
    },
  ],
] as const

export const answers: readonly Requirement[] = [
  requirement('CP-CFG-030', 'BasinConfig in answers', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const { name } = await newBasin()
    const path = `/basins/${name}`
    for (const [sent, stored] of WRITTEN) {
      expect.ok(await account.ensureBasin(name, { config: { default_stream_config: sent } }))
      const expected = {
        default_stream_config: stored,
        stream_cipher: null,
        create_stream_on_append: false,
        create_stream_on_read: false,
      }
      const got = expect.ok(await account.raw({ method: 'GET', path }))
      expect.equal<unknown>(got, expected, 'the answer to GET')
      const patched = expect.ok(await account.raw({ method: 'PATCH', path, body: '{}' }))
      expect.equal<unknown>(patched, expected, 'the answer to PATCH')
    }
  }),

  requirement('CP-CFG-031', 'StreamConfig in answers', async ({ basin, newStream, expect }) => {
    const { name } = await newStream()
    const path = `/streams/${name}`
    const defaults = {
      storage_class: 'express',
      retention_policy: { age: 604_800n },
      timestamping: { mode: 'client-prefer', uncapped: false },
      delete_on_empty: { min_age_secs: 0n },
    }
    const got = expect.ok(await basin.raw({ method: 'GET', path }))
    expect.equal<unknown>(got, defaults, 'the answer to GET')
    const body = '{"timestamping":{"uncapped":true},"retention_policy":{"infinite":{}}}'
    const expected = {
      ...defaults,
      retention_policy: { infinite: {} },
      timestamping: { mode: 'client-prefer', uncapped: true },
    }
    const patched = expect.ok(await basin.raw({ method: 'PATCH', path, body }))
    expect.equal<unknown>(patched, expected, 'the answer to PATCH')
    expect.equal(expect.ok(await basin.raw({ method: 'GET', path })), patched, 'the answer to GET')
  }),

  requirement('CP-CFG-033', 'Values round-trip', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, newStreamName, expect } = context
    const basin = await newBasin()
    for (const config of [
      { retention_policy: { infinite: {} }, delete_on_empty: { min_age_secs: 86_400 } },
      { retention_policy: { age: 1 }, timestamping: { mode: 'client-require', uncapped: true } },
      { storage_class: 'standard', timestamping: { mode: 'arrival', uncapped: false } },
      { retention_policy: { age: 2_419_199 }, timestamping: { mode: 'client-prefer' } },
    ]) {
      const name = newStreamName()
      expect.ok(await basin.createStream(name, config), 201)
      const stored = expect.ok(await basin.getStreamConfig(name))
      expect.equal(effective(stored), effective(config), 'configuration of the stream')
      const ofBasin = { default_stream_config: config, create_stream_on_read: true }
      expect.ok(await account.ensureBasin(basin.name, { config: ofBasin }))
      const storedThere = expect.ok(await account.getBasinConfig(basin.name))
      expect.equal(effectiveBasin(storedThere), effectiveBasin(ofBasin), 'configuration of the basin')
      expect.ok(await account.ensureBasin(basin.name))
    }
  }),
]
