import { type Requirement, requirement } from '../../check/requirement.ts'
import { effectiveBasin } from '../CP-CFG/effective.ts'
import { BAD_HEADER } from '../malformed.ts'
import { member } from '../members.ts'
import { recentTimeOf } from '../times.ts'
import { configOf } from './served.ts'

export const creation: readonly Requirement[] = [
  requirement('CP-BAS-030', 'Create', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect } = context
    for (const rest of [{}, { config: null, location: null }, { config: {} }]) {
      const name = newBasinName()
      const body = JSON.stringify({ basin: name, ...rest })
      const created = expect.ok(await account.raw({ method: 'POST', path: '/basins', body }), 201)
      expect.equal(member(created, 'name'), name, 'name')
      expect.defaulted(member(created, 'deleted_at'), null, 'deleted_at')
      await recentTimeOf(context, member(created, 'created_at'))
      expect.equal(effectiveBasin(await configOf(context, name)), effectiveBasin({}), 'configuration')
    }
  }),

  requirement('CP-BAS-031', '`s2-provision-result` of POST', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect } = context
    const name = newBasinName()
    const requestToken = newBasinName()
    const create = () => account.createBasin(name, { create_stream_on_read: true }, { requestToken })
    expect.header(await create(), 's2-provision-result', 'created')
    expect.header(await create(), 's2-provision-result', 'noop')
    expect.ok(await account.reconfigureBasin(name, { create_stream_on_read: false }))
    const repeated = await create()
    expect.ok(repeated, 201)
    expect.header(repeated, 's2-provision-result', 'noop')
    expect.header(await account.createBasin(newBasinName()), 's2-provision-result', 'created')
  }),

  requirement('CP-BAS-032', '`s2-request-token`', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect } = context
    const [name, refused] = [newBasinName(), newBasinName()]
    const longest = 'token-'.repeat(6)
    const create = (token: string) => account.createBasin(name, {}, { requestToken: token })
    expect.ok(await create(longest), 201)
    expect.status(await create(longest), 200, 201)
    // The last of the 36 bytes counts like the first.
    const others = [longest.slice(0, 35), `${longest.slice(0, 35)}X`, `X${longest.slice(1)}`]
    for (const other of others) expect.refused(await create(other), 409, 'resource_already_exists')
    for (const token of [`${longest}X`, longest.repeat(2)]) {
      expect.refusedAs(await create(token), BAD_HEADER)
      expect.refusedAs(await account.createBasin(refused, {}, { requestToken: token }), BAD_HEADER)
    }
    expect.refused(await account.getBasinConfig(refused), 404, 'basin_not_found')
    expect.ok(await account.createBasin(refused), 201)
  }),

  requirement('CP-BAS-041', 'Age 0 on create', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect } = context
    const name = newBasinName()
    const config = {
      create_stream_on_read: true,
      default_stream_config: { storage_class: 'standard', retention_policy: { age: 0 } },
    }
    expect.refused(await account.createBasin(name, config), 422, 'invalid')
    expect.refused(await account.createBasin(name, config, { requestToken: 'zero' }), 422, 'invalid')
    expect.refused(await account.getBasinConfig(name), 404, 'basin_not_found')
    // Nothing of it is left: the token is free, and the config that of the request.
    const created = await account.createBasin(
      name,
      { create_stream_on_append: true },
      { requestToken: 'zero' },
    )
    expect.ok(created, 201)
    const expected = effectiveBasin({ create_stream_on_append: true })
    expect.equal(effectiveBasin(await configOf(context, name)), expected, 'configuration')
  }),

  requirement('CP-BAS-042', 'Config of a created basin', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const sent = {
      create_stream_on_read: true,
      default_stream_config: {
        storage_class: 'standard',
        retention_policy: { age: 86_400n },
        timestamping: { mode: 'client-require', uncapped: true },
        delete_on_empty: { min_age_secs: 3600n },
      },
    }
    const full = await newBasin(sent)
    const config = expect.ok(await account.getBasinConfig(full.name))
    expect.equal(config.create_stream_on_read, true, 'create_stream_on_read')
    expect.equal(config.create_stream_on_append, false, 'create_stream_on_append')
    expect.equal(config.default_stream_config, sent.default_stream_config, 'default_stream_config')
    expect.defaulted(config.stream_cipher, null, 'stream_cipher')

    const plain = expect.ok(await account.getBasinConfig((await newBasin()).name))
    expect.equal(plain.create_stream_on_read, false, 'create_stream_on_read without config')
    expect.equal(plain.create_stream_on_append, false, 'create_stream_on_append without config')
    expect.equal(effectiveBasin(plain), effectiveBasin({}), 'configuration of a basin without one')
  }),
]
