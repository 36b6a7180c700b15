import { type Requirement, requirement } from '../../check/requirement.ts'
import { effectiveBasin } from '../CP-CFG/effective.ts'
import { BAD_JSON } from '../malformed.ts'
import { keysOf } from '../members.ts'

export const reconfigure: readonly Requirement[] = [
  requirement('CP-BAS-060', 'Get config', { needs: ['basins'] }, async ({ account, newBasin, expect }) => {
    const config = { create_stream_on_read: true, default_stream_config: { retention_policy: { age: 77 } } }
    const { name } = await newBasin(config)
    const answer = await account.raw({ method: 'GET', path: `/basins/${name}` })
    const keys = keysOf(expect.ok(answer))
    const known = [
      'create_stream_on_append',
      'create_stream_on_read',
      'default_stream_config',
      'stream_cipher',
    ]
    const ofInfo = keys.filter((key) => !known.includes(key))
    expect.equal(ofInfo, [], 'keys that are not those of a configuration')
    const stored = expect.ok(await account.getBasinConfig(name))
    expect.equal(effectiveBasin(stored), effectiveBasin(config), 'configuration')
  }),

  requirement('CP-BAS-061', 'Get config of an unknown basin', async ({ account, newBasinName, expect }) => {
    const name = newBasinName()
    for (const each of [name, `${name}-x`]) {
      expect.refused(await account.getBasinConfig(each), 404, 'basin_not_found')
    }
    // Asking does not make it.
    expect.refused(await account.getBasinConfig(name), 404, 'basin_not_found')
    expect.equal(expect.ok(await account.listBasins({ prefix: `${name}-` })).basins, [], 'basins listed')
  }),

  requirement('CP-BAS-070', 'Reconfigure', { needs: ['basins'] }, async ({ account, newBasin, expect }) => {
    const { name } = await newBasin()
    const patch = {
      create_stream_on_append: true,
      default_stream_config: { retention_policy: { age: 90 }, timestamping: { mode: 'arrival' } },
    }
    const answered = expect.ok(await account.reconfigureBasin(name, patch))
    expect.equal(effectiveBasin(answered), effectiveBasin(patch), 'configuration in the answer')
    expect.equal(expect.ok(await account.getBasinConfig(name)), answered, 'configuration by the next GET')

    const path = `/basins/${name}`
    for (const request of [
      { headers: { 'content-type': 'application/json' } },
      { body: '' },
      { body: '7' },
    ]) {
      expect.refusedAs(await account.raw({ method: 'PATCH', path, ...request }), BAD_JSON)
    }
    expect.equal(expect.ok(await account.getBasinConfig(name)), answered, 'configuration after refusals')
  }),

  requirement('CP-BAS-071', 'Reconfigure merges', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect, eventually } = context
    const { name } = await newBasin({
      create_stream_on_append: true,
      default_stream_config: { storage_class: 'standard', retention_policy: { age: 60 } },
    })
    const before = expect.ok(await account.getBasinConfig(name))
    expect.equal(expect.ok(await account.reconfigureBasin(name, {})), before, 'configuration after {}')

    // One key each, all at once: none may undo another.
    const patches = [
      { create_stream_on_read: true },
      { default_stream_config: { timestamping: { mode: 'arrival' } } },
      { default_stream_config: { timestamping: { uncapped: true } } },
      { default_stream_config: { delete_on_empty: { min_age_secs: 5 } } },
      { default_stream_config: { retention_policy: { age: 61 } } },
    ]
    const apply = (patch: object): Promise<unknown> =>
      eventually('the change is made', 30, async () => {
        const answer = await account.reconfigureBasin(name, patch)
        if (answer.error?.code === 'transaction_conflict') return undefined
        return expect.ok(answer)
      })
    await Promise.all(patches.map(apply))
    const expected = effectiveBasin({
      create_stream_on_append: true,
      create_stream_on_read: true,
      default_stream_config: {
        storage_class: 'standard',
        retention_policy: { age: 61 },
        timestamping: { mode: 'arrival', uncapped: true },
        delete_on_empty: { min_age_secs: 5 },
      },
    })
    expect.equal(effectiveBasin(expect.ok(await account.getBasinConfig(name))), expected, 'configuration')
  }),

  requirement('CP-BAS-072', 'Reconfigure an unknown basin', async ({ account, newBasinName, expect }) => {
    const name = newBasinName()
    for (const patch of [{}, { create_stream_on_read: true }, { default_stream_config: null }]) {
      expect.refused(await account.reconfigureBasin(name, patch), 404, 'basin_not_found')
    }
    expect.refused(await account.getBasinConfig(name), 404, 'basin_not_found')
  }),

  requirement('CP-BAS-074', 'Age 0 on reconfigure', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const { name } = await newBasin({ default_stream_config: { retention_policy: { age: 60 } } })
    const before = expect.ok(await account.getBasinConfig(name))
    for (const patch of [
      { default_stream_config: { retention_policy: { age: 0 } } },
      {
        create_stream_on_read: true,
        default_stream_config: { storage_class: 'standard', retention_policy: { age: 0 } },
      },
    ]) {
      expect.refused(await account.reconfigureBasin(name, patch), 422, 'invalid')
      expect.equal(expect.ok(await account.getBasinConfig(name)), before, 'configuration')
    }
  }),
]
