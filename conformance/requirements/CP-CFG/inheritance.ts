import type { BasinClient } from '../../../client/basin-client.ts'
import type { StreamConfigBody } from '../../../client/config-bodies.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { type EffectiveStreamConfig, effective } from './effective.ts'

export const inheritance: readonly Requirement[] = [
  requirement('CP-CFG-040', 'Precedence', { needs: ['basins'] }, async (context) => {
    const { newBasin, expect } = context
    const defaults = {
      storage_class: 'standard',
      retention_policy: { age: 60 },
      timestamping: { mode: 'arrival', uncapped: true },
      delete_on_empty: { min_age_secs: 5 },
    }
    const basin = await newBasin({ default_stream_config: defaults })
    await expectMade(context, basin, {}, defaults)
    for (const [request, expected] of [
      [{ storage_class: 'express' }, { ...defaults, storage_class: 'express' }],
      [{ retention_policy: { age: 70 } }, { ...defaults, retention_policy: { age: 70 } }],
      [
        { timestamping: { mode: 'client-require' } },
        { ...defaults, timestamping: { mode: 'client-require', uncapped: true } },
      ],
      [
        { timestamping: { uncapped: false } },
        { ...defaults, timestamping: { mode: 'arrival', uncapped: false } },
      ],
      [{ delete_on_empty: { min_age_secs: 6 } }, { ...defaults, delete_on_empty: { min_age_secs: 6 } }],
      [{ storage_class: null, timestamping: null }, defaults],
    ] as const) {
      await expectMade(context, basin, request, expected)
    }
    const some = await newBasin({ default_stream_config: { timestamping: { uncapped: true } } })
    const system = effective({ timestamping: { uncapped: true } })
    expect.equal(await configOfNew(context, some, {}), system, 'over the defaults of the system')
  }),

  requirement('CP-CFG-041', 'Nested objects merge', { needs: ['basins'] }, async (context) => {
    const { newBasin } = context
    const both = { timestamping: { mode: 'arrival', uncapped: true } }
    const withMode = await newBasin({ default_stream_config: { timestamping: { mode: 'arrival' } } })
    await expectMade(context, withMode, { timestamping: { uncapped: true } }, both)
    await expectMade(context, withMode, { timestamping: {} }, { timestamping: { mode: 'arrival' } })
    const withUncapped = await newBasin({ default_stream_config: { timestamping: { uncapped: true } } })
    await expectMade(context, withUncapped, { timestamping: { mode: 'arrival' } }, both)
  }),

  requirement('CP-CFG-042', 'Retention is one leaf', { needs: ['basins'] }, async (context) => {
    const { newBasin } = context
    const age = { retention_policy: { age: 60 } }
    const infinite = { retention_policy: { infinite: {} } }
    const forever = await newBasin({ default_stream_config: infinite })
    await expectMade(context, forever, age, age)
    await expectMade(context, forever, {}, infinite)
    const limited = await newBasin({ default_stream_config: age })
    await expectMade(context, limited, infinite, infinite)
    await expectMade(context, limited, { retention_policy: { age: 61 } }, { retention_policy: { age: 61 } })
  }),

  requirement('CP-CFG-043', 'Explicit false and 0', { needs: ['basins'] }, async (context) => {
    const defaults = { timestamping: { uncapped: true }, delete_on_empty: { min_age_secs: 60 } }
    const basin = await context.newBasin({ default_stream_config: defaults })
    const off = { timestamping: { uncapped: false }, delete_on_empty: { min_age_secs: 0 } }
    await expectMade(context, basin, off, off)
    const capped = { timestamping: { uncapped: false } }
    await expectMade(context, basin, capped, { ...defaults, ...capped })
    const enabled = { delete_on_empty: { min_age_secs: 0 } }
    await expectMade(context, basin, enabled, { ...defaults, ...enabled })
    await expectMade(context, basin, {}, defaults)
  }),

  requirement('CP-CFG-044', 'Inheritance is a snapshot', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, newStreamName, expect } = context
    const defaults = { retention_policy: { age: 60 }, timestamping: { mode: 'arrival' } }
    const basin = await newBasin({ default_stream_config: defaults })
    const name = newStreamName()
    expect.ok(await basin.createStream(name, { delete_on_empty: { min_age_secs: 5 } }), 201)
    const before = expect.ok(await basin.getStreamConfig(name))
    const changes = [
      () =>
        account.reconfigureBasin(basin.name, { default_stream_config: { retention_policy: { age: 70 } } }),
      () => account.reconfigureBasin(basin.name, { default_stream_config: null }),
      () =>
        account.ensureBasin(basin.name, { config: { default_stream_config: { storage_class: 'standard' } } }),
      () => account.ensureBasin(basin.name),
    ]
    for (const change of changes) {
      expect.status(await change(), 200)
      expect.equal(expect.ok(await basin.getStreamConfig(name)), before, 'configuration of the stream')
    }
    const latest = { default_stream_config: { retention_policy: { age: 80 } } }
    expect.ok(await account.reconfigureBasin(basin.name, latest))
    const patched = expect.ok(await basin.reconfigureStream(name, { retention_policy: null }))
    const kept = { ...defaults, delete_on_empty: { min_age_secs: 5 }, retention_policy: { age: 80 } }
    expect.equal(effective(patched), effective(kept), 'configuration after a PATCH with one null')
    expect.ok(await basin.ensureStream(name))
    const ensured = expect.ok(await basin.getStreamConfig(name))
    expect.equal(
      effective(ensured),
      effective({ retention_policy: { age: 80 } }),
      'configuration after a PUT',
    )
  }),

  requirement('CP-CFG-009', 'Presence of empty objects', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const defaults = { timestamping: { mode: 'arrival' }, delete_on_empty: { min_age_secs: 60 } }
    const basin = await newBasin({ default_stream_config: defaults })
    const zero = { ...defaults, delete_on_empty: { min_age_secs: 0 } }
    await expectMade(context, basin, { delete_on_empty: {} }, zero)
    await expectMade(context, basin, { timestamping: {} }, defaults)
    await expectMade(context, basin, { delete_on_empty: null, timestamping: null }, defaults)
    const config = { default_stream_config: { delete_on_empty: {}, timestamping: {} } }
    expect.ok(await account.ensureBasin(basin.name, { config }))
    const stored = expect.ok(await account.getBasinConfig(basin.name)).default_stream_config
    expect.equal(stored?.delete_on_empty, { min_age_secs: 0n }, 'delete_on_empty of the basin')
    expect.equal(stored?.timestamping, null, 'timestamping of the basin')
  }),
]

/** POST and PUT make the same of a request. */
async function expectMade(
  context: CheckContext,
  basin: BasinClient,
  request: StreamConfigBody,
  expected: StreamConfigBody,
): Promise<void> {
  const { newStreamName, expect } = context
  const what = `configuration from ${JSON.stringify(request)}`
  expect.equal(await configOfNew(context, basin, request), effective(expected), `${what} by POST`)
  const name = newStreamName()
  expect.ok(await basin.ensureStream(name, request), 201)
  const ensured = expect.ok(await basin.getStreamConfig(name))
  expect.equal(effective(ensured), effective(expected), `${what} by PUT`)
}

async function configOfNew(
  { newStreamName, expect }: CheckContext,
  basin: BasinClient,
  request: StreamConfigBody,
): Promise<EffectiveStreamConfig> {
  const name = newStreamName()
  expect.ok(await basin.createStream(name, request), 201)
  return effective(expect.ok(await basin.getStreamConfig(name)))
}
