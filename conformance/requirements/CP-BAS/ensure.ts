import type { Answer } from '../../../client/answer.ts'
import type { BasinConfigBody, BasinInfoBody } from '../../../client/config-bodies.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { effectiveBasin } from '../CP-CFG/effective.ts'
import { timeOf } from '../times.ts'
import { configOf } from './served.ts'

type Result = 'created' | 'updated' | 'noop'

/** 201 for what was created, 200 for the rest; the header says which. */
function expectResult(
  { expect }: CheckContext,
  answer: Answer<BasinInfoBody>,
  result: Result,
): BasinInfoBody {
  const info = expect.ok(answer, result === 'created' ? 201 : 200)
  expect.header(answer, 's2-provision-result', result)
  return info
}

async function expectConfig(context: CheckContext, name: string, config: BasinConfigBody): Promise<void> {
  const stored = await configOf(context, name)
  context.expect.equal(effectiveBasin(stored), effectiveBasin(config), 'configuration')
}

const FULL = {
  create_stream_on_append: true,
  default_stream_config: {
    retention_policy: { age: 3600 },
    timestamping: { mode: 'arrival' },
    delete_on_empty: { min_age_secs: 60 },
  },
}

export const ensure: readonly Requirement[] = [
  requirement('CP-BAS-050', 'Ensure', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect } = context
    const name = newBasinName()
    const steps: readonly (readonly [BasinConfigBody | null | undefined, Result])[] = [
      [undefined, 'created'],
      [undefined, 'noop'],
      [FULL, 'updated'],
      [FULL, 'noop'],
      [{ ...FULL, create_stream_on_append: false }, 'updated'],
      [null, 'updated'],
    ]
    const infos: BasinInfoBody[] = []
    for (const [config, result] of steps) {
      const body = config === undefined ? undefined : { config }
      const info = expectResult(context, await account.ensureBasin(name, body), result)
      expect.equal([info.name, info.deleted_at ?? null], [name, null], 'name and deleted_at')
      infos.push(info)
      await expectConfig(context, name, config ?? {})
    }
    const times = infos.map(({ created_at: createdAt }) => timeOf(expect, createdAt))
    expect.equal(new Set(times).size, 1, 'times of creation that were told')

    const other = newBasinName()
    expectResult(context, await account.ensureBasin(other, { config: FULL }), 'created')
    await expectConfig(context, other, FULL)
  }),

  requirement('CP-BAS-051', 'Ensure replaces', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const { name } = await newBasin(FULL)
    for (const config of [
      { create_stream_on_read: true },
      { default_stream_config: { timestamping: { uncapped: true } } },
      { default_stream_config: { retention_policy: { age: 60 } }, create_stream_on_append: true },
      { default_stream_config: { delete_on_empty: { min_age_secs: 5 }, retention_policy: null } },
    ]) {
      expect.ok(await account.ensureBasin(name, { config }))
      await expectConfig(context, name, config)
    }
    // What a new stream gets shows that nothing of the earlier ones is kept out of sight.
    const basin = account.basin(name)
    expect.ok(await basin.createStream('new'), 201)
    const { retention_policy, timestamping } = expect.ok(await basin.getStreamConfig('new'))
    expect.defaulted(retention_policy, { age: 604_800n }, 'retention of a new stream')
    expect.defaulted(timestamping?.mode, 'client-prefer', 'mode of a new stream')
    expect.defaulted(timestamping?.uncapped, false, 'uncapped of a new stream')
  }),

  requirement('CP-BAS-052', 'Ensure with nothing', { needs: ['basins'] }, async (context) => {
    const { account, newBasin } = context
    const { name } = await newBasin()
    for (const body of [undefined, {}, { config: {} }, { config: null }]) {
      expectResult(context, await account.ensureBasin(name, { config: FULL }), 'updated')
      expectResult(context, await account.ensureBasin(name, body), 'updated')
      await expectConfig(context, name, {})
      expectResult(context, await account.ensureBasin(name, body), 'noop')
    }
  }),

  requirement('CP-BAS-053', 'Ensure repeated', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect } = context
    const name = newBasinName()
    for (const config of [
      FULL,
      { default_stream_config: { delete_on_empty: { min_age_secs: 0 } } },
      { create_stream_on_append: true, create_stream_on_read: true },
      { default_stream_config: { storage_class: 'standard', timestamping: { uncapped: true } } },
    ]) {
      expect.status(await account.ensureBasin(name, { config }), 200, 201)
      for (const repeat of [1, 2]) {
        const answer = await account.ensureBasin(name, { config })
        expectResult(context, answer, 'noop')
        expect.equal(answer.value?.name, name, `name in repeat ${repeat}`)
        await expectConfig(context, name, config)
      }
    }
  }),

  requirement('CP-BAS-054', 'Ensure compares what is stored', { needs: ['basins'] }, async (context) => {
    const { account, newBasin } = context
    const { name } = await newBasin()
    for (const defaults of [
      { storage_class: 'express' },
      { retention_policy: { age: 604_800 } },
      { timestamping: { mode: 'client-prefer' } },
      { timestamping: { uncapped: false } },
      { delete_on_empty: { min_age_secs: 0 } },
    ]) {
      const explicit = { config: { default_stream_config: defaults } }
      expectResult(context, await account.ensureBasin(name, explicit), 'updated')
      expectResult(context, await account.ensureBasin(name, explicit), 'noop')
      expectResult(context, await account.ensureBasin(name), 'updated')
    }
  }),

  requirement('CP-BAS-057', 'Token on PUT', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect } = context
    const name = newBasinName()
    const put = (token: string) =>
      account.raw({ method: 'PUT', path: `/basins/${name}`, headers: { 's2-request-token': token } })
    expect.ok(await put('mine'), 201)
    for (const token of ['mine', 'other', 't'.repeat(37)]) {
      const answer = await put(token)
      expect.ok(answer)
      expect.header(answer, 's2-provision-result', 'noop')
    }
    for (const requestToken of ['mine', 'other']) {
      const created = await account.createBasin(name, null, { requestToken })
      expect.refused(created, 409, 'resource_already_exists')
    }
  }),

  requirement('CP-BAS-058', 'Age 0 on ensure', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, newBasinName, expect } = context
    const { name } = await newBasin(FULL)
    const unknown = newBasinName()
    const config = { create_stream_on_read: true, default_stream_config: { retention_policy: { age: 0 } } }
    for (const each of [name, unknown]) {
      expect.refused(await account.ensureBasin(each, { config }), 422, 'invalid')
    }
    await expectConfig(context, name, FULL)
    expect.refused(await account.getBasinConfig(unknown), 404, 'basin_not_found')
  }),

  requirement('CP-BAS-059', 'Changes reach new streams only', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const basin = await newBasin({ default_stream_config: { retention_policy: { age: 60 } } })
    const ageOf = async (stream: string): Promise<unknown> =>
      expect.ok(await basin.getStreamConfig(stream)).retention_policy
    expect.ok(await basin.createStream('first'), 201)
    const withAge = (age: number) => ({ default_stream_config: { retention_policy: { age } } })
    expect.ok(await account.ensureBasin(basin.name, { config: withAge(70) }))
    expect.ok(await basin.createStream('second'), 201)
    expect.ok(await account.reconfigureBasin(basin.name, withAge(80)))
    expect.ok(await basin.createStream('third'), 201)
    expect.ok(await account.ensureBasin(basin.name))
    expect.equal(await ageOf('first'), { age: 60n }, 'retention of the stream made first')
    expect.equal(await ageOf('second'), { age: 70n }, 'retention of the stream made after a PUT')
    expect.equal(await ageOf('third'), { age: 80n }, 'retention of the stream made after a PATCH')
  }),
]
