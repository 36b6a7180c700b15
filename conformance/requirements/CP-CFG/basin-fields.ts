import type { BasinConfigBody } from '../../../client/config-bodies.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { CIPHERS } from '../ENC/encrypted.ts'
import { BAD_JSON } from '../malformed.ts'
import { effective, effectiveBasin } from './effective.ts'

export const basinFields: readonly Requirement[] = [
  requirement('CP-CFG-020', '`default_stream_config`', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const { name } = await newBasin()
    const none = expect.ok(await account.getBasinConfig(name)).default_stream_config
    expect.equal(effective(none), effective({}), 'default_stream_config by default')
    for (const config of [
      { default_stream_config: { retention_policy: { age: 60 } } },
      { default_stream_config: null },
      { default_stream_config: { timestamping: { mode: 'arrival' }, storage_class: 'standard' } },
      { default_stream_config: {} },
    ]) {
      expect.ok(await account.ensureBasin(name, { config }))
      const stored = expect.ok(await account.getBasinConfig(name))
      expect.equal(effectiveBasin(stored), effectiveBasin(config), 'configuration')
    }
    const malformed = ['{}', 7, true, { retention_policy: 'infinite' }]
    await expectMalformed(context, name, 'default_stream_config', malformed)
  }),

  requirement('CP-CFG-021', '`stream_cipher`', { needs: ['basins', 'encryption'] }, async (context) => {
    const { account, newBasin, expect } = context
    const { name } = await newBasin()
    const none = expect.ok(await account.getBasinConfig(name)).stream_cipher
    expect.defaulted(none, null, 'stream_cipher by default')
    for (const cipher of [...CIPHERS, null]) {
      const config: BasinConfigBody = { stream_cipher: cipher }
      expect.ok(await account.ensureBasin(name, { config }))
      const stored = expect.ok(await account.getBasinConfig(name)).stream_cipher
      expect.equal(stored ?? null, cipher, 'stream_cipher')
    }
    const malformed = ['aes-128-gcm', 'AEGIS-256', 'aegis256', 'none', '', 7, true, {}]
    await expectMalformed(context, name, 'stream_cipher', malformed)
  }),

  requirement('CP-CFG-022', 'Create flags', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const { name } = await newBasin()
    for (const [append, read] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ] as const) {
      const config = { create_stream_on_append: append, create_stream_on_read: read }
      expect.ok(await account.ensureBasin(name, { config }))
      const stored = expect.ok(await account.getBasinConfig(name))
      expect.equal(stored.create_stream_on_append, append, 'create_stream_on_append')
      expect.equal(stored.create_stream_on_read, read, 'create_stream_on_read')
    }
    for (const flag of ['create_stream_on_append', 'create_stream_on_read']) {
      await expectMalformed(context, name, flag, ['true', 1, 0, {}, ''])
    }
  }),
]

/** Neither POST nor PUT nor PATCH takes any of these values for the key. */
async function expectMalformed(
  { account, newBasinName, expect }: CheckContext,
  name: string,
  key: string,
  values: readonly unknown[],
): Promise<void> {
  const before = expect.ok(await account.getBasinConfig(name))
  const created = newBasinName()
  for (const value of values) {
    const config = { [key]: value }
    const requests = [
      ['POST', '/basins', { basin: created, config }],
      ['PUT', `/basins/${created}`, { config }],
      ['PUT', `/basins/${name}`, { config }],
      ['PATCH', `/basins/${name}`, config],
    ] as const
    for (const [method, path, body] of requests) {
      expect.refusedAs(await account.raw({ method, path, body: JSON.stringify(body) }), BAD_JSON)
    }
  }
  expect.equal(expect.ok(await account.getBasinConfig(name)), before, 'configuration after refusals')
  expect.refused(await account.getBasinConfig(created), 404, 'basin_not_found')
}
