import { type Requirement, requirement } from '../../check/requirement.ts'
import { effective, effectiveBasin } from './effective.ts'

export const patchInheritance: readonly Requirement[] = [
  requirement('CP-CFG-065', 'What cleared means', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, newStreamName, expect } = context
    const defaults = { retention_policy: { age: 60 }, timestamping: { mode: 'arrival' } }
    const basin = await newBasin({ default_stream_config: defaults })
    const [first, second] = [newStreamName(), newStreamName()]
    const own = {
      storage_class: 'standard',
      retention_policy: { age: 90 },
      timestamping: { mode: 'client-require', uncapped: true },
    }
    expect.ok(await basin.createStream(first, own), 201)
    const nulls = {
      storage_class: null,
      retention_policy: null,
      timestamping: { mode: null, uncapped: null },
    }
    const cleared = expect.ok(await basin.reconfigureStream(first, nulls))
    expect.equal(effective(cleared), effective(defaults), 'configuration of the stream')

    // On the basin it is unset: a new stream gets the default of the system.
    const unset = { default_stream_config: { retention_policy: null, timestamping: { mode: null } } }
    const patched = expect.ok(await account.reconfigureBasin(basin.name, unset))
    expect.equal(effectiveBasin(patched), effectiveBasin({}), 'configuration of the basin')
    expect.ok(await basin.createStream(second), 201)
    const inherited = expect.ok(await basin.getStreamConfig(second))
    expect.equal(effective(inherited), effective({}), 'configuration of a new stream')
    const again = expect.ok(await basin.reconfigureStream(first, { retention_policy: null }))
    const expected = effective({ timestamping: { mode: 'arrival' } })
    expect.equal(effective(again), expected, 'configuration of the stream, cleared once more')
  }),

  requirement('CP-CFG-066', 'Nested leaves in PATCH of a basin', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const defaults = {
      storage_class: 'standard',
      retention_policy: { age: 60 },
      timestamping: { mode: 'arrival', uncapped: true },
      delete_on_empty: { min_age_secs: 5 },
    }
    const { name } = await newBasin({ create_stream_on_append: true, default_stream_config: defaults })
    for (const [patch, without] of [
      [{ retention_policy: null }, { retention_policy: null }],
      [{ delete_on_empty: { min_age_secs: null } }, { delete_on_empty: null }],
      [{ timestamping: { uncapped: null } }, { timestamping: { mode: 'arrival' } }],
      [{ storage_class: null }, { storage_class: null }],
    ] as const) {
      const whole = { default_stream_config: defaults }
      expect.ok(await account.reconfigureBasin(name, whole))
      const patched = expect.ok(await account.reconfigureBasin(name, { default_stream_config: patch }))
      const left = { create_stream_on_append: true, default_stream_config: { ...defaults, ...without } }
      expect.equal(
        effectiveBasin(patched),
        effectiveBasin(left),
        `configuration after ${JSON.stringify(patch)}`,
      )
      expect.equal(expect.ok(await account.getBasinConfig(name)), patched, 'configuration by the next GET')
    }
  }),

  requirement('CP-CFG-068', 'Create flags in PATCH', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const { name } = await newBasin({ create_stream_on_append: true })
    for (const [patch, append, read] of [
      [{}, true, false],
      [{ create_stream_on_read: true }, true, true],
      [{ create_stream_on_append: false }, false, true],
      [{ create_stream_on_append: true, create_stream_on_read: false }, true, false],
      [{ default_stream_config: { storage_class: 'standard' } }, true, false],
    ] as const) {
      const config = expect.ok(await account.reconfigureBasin(name, patch))
      expect.equal(config.create_stream_on_append, append, 'create_stream_on_append')
      expect.equal(config.create_stream_on_read, read, 'create_stream_on_read')
    }
    const before = expect.ok(await account.getBasinConfig(name))
    for (const flag of ['create_stream_on_append', 'create_stream_on_read']) {
      expect.refused(await account.reconfigureBasin(name, { [flag]: null }), 400, 'bad_json')
    }
    expect.equal(expect.ok(await account.getBasinConfig(name)), before, 'configuration after refusals')
  }),

  requirement('CP-CFG-070', 'Reconfigured streams are concrete', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, newStreamName, expect } = context
    const basin = await newBasin({ default_stream_config: { retention_policy: { age: 60 } } })
    const name = newStreamName()
    expect.ok(await basin.createStream(name), 201)
    for (const [patch, age] of [
      [{}, 70],
      [{ storage_class: 'standard' }, 80],
      [{ timestamping: { mode: 'arrival' } }, 90],
    ] as const) {
      const patched = expect.ok(await basin.reconfigureStream(name, patch))
      expect.equal(patched.retention_policy, { age: 60n }, 'retention_policy after a PATCH')
      const defaults = {
        retention_policy: { age },
        timestamping: { uncapped: true },
        delete_on_empty: { min_age_secs: age },
      }
      expect.ok(await account.reconfigureBasin(basin.name, { default_stream_config: defaults }))
      const later = expect.ok(await basin.getStreamConfig(name))
      expect.equal(later, patched, 'configuration after a new default')
    }
  }),
]
