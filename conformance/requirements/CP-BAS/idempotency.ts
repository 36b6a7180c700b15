import type { AccountClient } from '../../../client/account-client.ts'
import type { Answer } from '../../../client/answer.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { effectiveBasin } from '../CP-CFG/effective.ts'
import { basinInfo } from '../during-deletion.ts'
import { timeOf } from '../times.ts'
import { configOf } from './served.ts'

export const idempotency: readonly Requirement[] = [
  requirement('CP-BAS-033', 'Idempotent create', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect, eventually } = context
    const name = newBasinName()
    const config = { create_stream_on_read: true, default_stream_config: { retention_policy: { age: 60 } } }
    const create = () => account.createBasin(name, config, { requestToken: 'once' })
    const first = expect.ok(await create(), 201)
    const repeats = [await create(), ...(await Promise.all([create(), create(), create()]))]
    for (const repeat of repeats) {
      expect.status(repeat, 200, 201)
      expect.equal(repeat.value?.name, name, 'name')
      expect.equal(timeOf(expect, repeat.value?.created_at), timeOf(expect, first.created_at), 'created_at')
      expect.defaulted(repeat.value?.deleted_at, null, 'deleted_at')
    }
    const info = await eventually('the basin is listed', 30, () => basinInfo(context, name))
    expect.equal(
      timeOf(expect, info.created_at),
      timeOf(expect, first.created_at),
      'created_at in the listing',
    )
    expect.equal(effectiveBasin(await configOf(context, name)), effectiveBasin(config), 'configuration')
  }),

  requirement('CP-BAS-034', 'Name is taken', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect } = context
    const config = { create_stream_on_read: true }
    const [withToken, without] = [newBasinName(), newBasinName()]
    expect.ok(await account.createBasin(withToken, config, { requestToken: 'mine' }), 201)
    expect.ok(await account.createBasin(without, config), 201)
    for (const answer of [
      await account.createBasin(withToken, config, { requestToken: 'other' }),
      await account.createBasin(withToken, config, { requestToken: 'Mine' }),
      await account.createBasin(withToken, config),
      await account.createBasin(withToken, {}, { requestToken: 'mine' }),
      await account.createBasin(
        withToken,
        { ...config, default_stream_config: { retention_policy: { age: 60 } } },
        { requestToken: 'mine' },
      ),
      await account.createBasin(without, config),
      await account.createBasin(without),
      await account.createBasin(without, config, { requestToken: 'mine' }),
    ]) {
      expect.refused(answer, 409, 'resource_already_exists')
    }
    for (const name of [withToken, without]) {
      expect.equal(effectiveBasin(await configOf(context, name)), effectiveBasin(config), 'configuration')
    }
    expect.status(await account.createBasin(withToken, config, { requestToken: 'mine' }), 200, 201)
  }),

  requirement('CP-BAS-035', 'Equality of configs', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect } = context
    for (const { same, different } of REQUESTS) {
      const name = newBasinName()
      const [original = '', ...others] = same
      expect.ok(await createFromText(account, name, original), 201)
      for (const text of [...others, original]) {
        const answer = await createFromText(account, name, text)
        expect.ok(answer, 201)
        expect.header(answer, 's2-provision-result', 'noop')
      }
      for (const text of different) {
        expect.refused(await createFromText(account, name, text), 409, 'resource_already_exists')
      }
    }
  }),

  requirement('CP-BAS-037', 'The token outlives changes', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect } = context
    const name = newBasinName()
    const original = { create_stream_on_read: true }
    const changed = {
      create_stream_on_append: true,
      default_stream_config: { retention_policy: { age: 60 } },
    }
    const create = (config: object) => account.createBasin(name, config, { requestToken: 'mine' })
    const first = expect.ok(await create(original), 201)
    const changes = [
      () => account.reconfigureBasin(name, { create_stream_on_read: false }),
      () => account.ensureBasin(name, { config: changed }),
      () => account.reconfigureBasin(name, changed),
    ]
    for (const change of changes) {
      expect.status(await change(), 200)
      const stored = expect.ok(await account.getBasinConfig(name))
      const repeat = await create(original)
      expect.equal(expect.ok(repeat, 201).created_at, first.created_at, 'created_at')
      expect.header(repeat, 's2-provision-result', 'noop')
      expect.equal(expect.ok(await account.getBasinConfig(name)), stored, 'configuration after the repeat')
    }
    expect.refused(await create(changed), 409, 'resource_already_exists')
  }),

  requirement('CP-BAS-038', 'Basins without token', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect } = context
    const [ensured, created] = [newBasinName(), newBasinName()]
    expect.ok(await account.ensureBasin(ensured), 201)
    expect.ok(await account.createBasin(created), 201)
    for (const name of [ensured, created]) {
      for (const options of [{}, { requestToken: '' }, { requestToken: 'late' }, { requestToken: 'late' }]) {
        expect.refused(await account.createBasin(name, {}, options), 409, 'resource_already_exists')
      }
    }
  }),
]

/** A create with a token, its body after the name as it is. */
function createFromText(account: AccountClient, name: string, rest: string): Promise<Answer<unknown>> {
  const headers = { 's2-request-token': 'equality' }
  return account.raw({ method: 'POST', path: '/basins', headers, body: `{"basin":"${name}"${rest}}` })
}

const REQUESTS: readonly { readonly same: readonly string[]; readonly different: readonly string[] }[] = [
  {
    same: [
      ',"config":{"create_stream_on_append":true,"default_stream_config":{"retention_policy":{"age":60}}}',
      ',"config":{"default_stream_config":{"retention_policy":{"age":60}},"create_stream_on_append":true}',
      ' , "config" : {\n"create_stream_on_append": true, "default_stream_config": {"retention_policy": {"age": 60 }}}',
      ',"config":{"create_stream_on_append":true,"create_stream_on_read":false,"stream_cipher":null,"default_stream_config":{"storage_class":null,"retention_policy":{"age":60},"timestamping":null,"delete_on_empty":null}}',
    ],
    different: [
      ',"config":{"create_stream_on_append":true,"default_stream_config":{"retention_policy":{"age":61}}}',
      ',"config":{"create_stream_on_append":true,"default_stream_config":{"retention_policy":{"age":60},"storage_class":"express"}}',
      ',"config":{"create_stream_on_append":true,"default_stream_config":{"retention_policy":{"age":60},"timestamping":{"uncapped":false}}}',
      '',
    ],
  },
  {
    same: [
      '',
      ',"config":{}',
      ',"config":null',
      ',"config":{"default_stream_config":null,"create_stream_on_read":false}',
      ',"config":{"default_stream_config":{}}',
      ',"config":{"default_stream_config":{"timestamping":{}}}',
    ],
    different: [
      ',"config":{"default_stream_config":{"storage_class":"express"}}',
      ',"config":{"default_stream_config":{"retention_policy":{"age":604800}}}',
      ',"config":{"default_stream_config":{"delete_on_empty":{"min_age_secs":0}}}',
    ],
  },
]
