import type { StreamConfigBody } from '../../../client/config-bodies.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { BAD_JSON } from '../malformed.ts'
import { effective } from './effective.ts'

export const streamFields: readonly Requirement[] = [
  requirement('CP-CFG-001', '`storage_class`', async (context) => {
    for (const storage_class of ['standard', 'express']) await expectTaken(context, { storage_class })
    const { storage_class: none } = await configOfNew(context, {})
    context.expect.defaulted(none, 'express', 'storage_class by default')
    await expectMalformed(
      context,
      [7, true, {}].map((value) => ({ storage_class: value })),
    )
    const { basin, newStreamName, expect, record } = context
    for (const other of ['Standard', 'EXPRESS', 'archive', '']) {
      // Classes may be tied to locations: one that is unknown here is refused, or kept as it is.
      const name = newStreamName()
      const answer = await basin.createStream(name, { storage_class: other })
      expect.status(answer, 201, 400, 422)
      const { storage_class: kept } =
        answer.status === 201 ? expect.ok(await basin.getStreamConfig(name)) : { storage_class: other }
      expect.equal(kept, other, 'storage_class')
      record(`storage_class "${other}" was answered ${answer.status}`)
    }
  }),

  requirement('CP-CFG-002', '`retention_policy`', async (context) => {
    await expectTaken(context, { retention_policy: { age: 86_400 } })
    await expectTaken(context, { retention_policy: { infinite: {} } })
    const { retention_policy: none } = await configOfNew(context, {})
    context.expect.defaulted(none, { age: 604_800n }, 'retention_policy by default')
    await expectMalformed(
      context,
      [
        { age: 60, infinite: {} },
        {},
        'infinite',
        'age',
        3600,
        { infinite: true },
        { Age: 60 },
        { age: null },
        { forever: {} },
        true,
      ].map((value) => ({ retention_policy: value })),
    )
  }),

  requirement('CP-CFG-003', '`age`', async (context) => {
    const { basin, newStream, newStreamName, expect } = context
    await expectTaken(context, { retention_policy: { age: 2 } })
    const zero = { retention_policy: { age: 0 } }
    const { name } = await newStream()
    expect.refused(await basin.createStream(newStreamName(), zero), 422, 'invalid')
    expect.refused(await basin.ensureStream(newStreamName(), zero), 422, 'invalid')
    expect.refused(await basin.reconfigureStream(name, zero), 422, 'invalid')
    const malformed = [-1, 1.5, '60', true, [60], {}, 0.5]
    await expectMalformed(
      context,
      malformed.map((value) => ({ retention_policy: { age: value } })),
    )
  }),

  requirement('CP-CFG-004', 'Bounds of `age`', async (context) => {
    for (const each of [1n, 2_419_200n, 31_536_000n, 2n ** 32n, 2n ** 53n + 1n, 2n ** 64n - 1n]) {
      await expectTaken(context, { retention_policy: { age: each } })
    }
  }),

  requirement('CP-CFG-006', '`timestamping.mode`', async (context) => {
    for (const mode of ['client-prefer', 'client-require', 'arrival']) {
      await expectTaken(context, { timestamping: { mode } })
    }
    const { timestamping } = await configOfNew(context, {})
    context.expect.defaulted(timestamping?.mode, 'client-prefer', 'mode by default')
    const malformed = ['Arrival', 'client_prefer', 'clientprefer', '', 7, true, {}]
    await expectMalformed(
      context,
      malformed.map((mode) => ({ timestamping: { mode } })),
    )
    await expectMalformed(context, [{ timestamping: 'arrival' }, { timestamping: 7 }])
  }),

  requirement('CP-CFG-007', '`timestamping.uncapped`', async (context) => {
    for (const uncapped of [true, false]) await expectTaken(context, { timestamping: { uncapped } })
    const { timestamping } = await configOfNew(context, { timestamping: { mode: 'arrival' } })
    context.expect.defaulted(timestamping?.uncapped, false, 'uncapped by default')
    const malformed = ['true', 1, 0, {}, '']
    await expectMalformed(
      context,
      malformed.map((uncapped) => ({ timestamping: { uncapped } })),
    )
  }),

  requirement('CP-CFG-008', '`delete_on_empty.min_age_secs`', async (context) => {
    for (const min_age_secs of [0n, 1n, 3600n, 2n ** 32n]) {
      await expectTaken(context, { delete_on_empty: { min_age_secs } })
    }
    const { delete_on_empty: none } = await configOfNew(context, {})
    context.expect.defaulted(none?.min_age_secs, 0n, 'min_age_secs by default')
    const malformed = [-1, 1.5, '60', true, {}]
    await expectMalformed(
      context,
      malformed.map((value) => ({ delete_on_empty: { min_age_secs: value } })),
    )
    // A PATCH clears by null (CP-CFG-066), a whole configuration does not know it.
    const { basin, newStreamName, expect } = context
    const cleared: StreamConfigBody = { delete_on_empty: { min_age_secs: null } }
    expect.refusedAs(await basin.createStream(newStreamName(), cleared), BAD_JSON)
    expect.refusedAs(await basin.ensureStream(newStreamName(), cleared), BAD_JSON)
  }),

  requirement('CP-CFG-010', 'All keys optional', async (context) => {
    const { expect } = context
    const nothing: StreamConfigBody = {
      storage_class: null,
      retention_policy: null,
      timestamping: null,
      delete_on_empty: null,
    }
    const all = {
      storage_class: 'standard',
      retention_policy: { age: 60 },
      timestamping: { mode: 'arrival', uncapped: true },
      delete_on_empty: { min_age_secs: 5 },
    }
    for (const sent of [
      {},
      nothing,
      { timestamping: { mode: null, uncapped: null } },
      ...Object.entries(all).flatMap(([key, value]) => [{ [key]: value }, { ...nothing, [key]: value }]),
      { timestamping: { mode: null, uncapped: true } },
      { timestamping: { mode: 'arrival', uncapped: null } },
      all,
    ]) {
      expect.equal(effective(await configOfNew(context, sent)), effective(sent), `of ${JSON.stringify(sent)}`)
    }
  }),
]

/** It comes back as it was sent, from POST, PUT and PATCH alike. */
async function expectTaken(context: CheckContext, config: StreamConfigBody): Promise<void> {
  const { basin, newStream, newStreamName, expect } = context
  const ensured = newStreamName()
  expect.ok(await basin.ensureStream(ensured, config), 201)
  const { name: patched } = await newStream()
  for (const stored of [
    await configOfNew(context, config),
    expect.ok(await basin.getStreamConfig(ensured)),
    expect.ok(await basin.reconfigureStream(patched, config)),
    expect.ok(await basin.getStreamConfig(patched)),
  ]) {
    expect.equal(effective(stored), effective(config), 'configuration')
  }
}

/** Neither POST nor PUT nor PATCH takes it, in a stream's configuration or as a default of a basin. */
async function expectMalformed(context: CheckContext, configs: readonly object[]): Promise<void> {
  const { account, basin, newBasinName, newStream, newStreamName, expect } = context
  const [created, createdBasin] = [newStreamName(), newBasinName()]
  const { name } = await newStream()
  const before = expect.ok(await basin.getStreamConfig(name))
  for (const config of configs) {
    const body = JSON.stringify(config)
    const inBasin = JSON.stringify({ basin: createdBasin, config: { default_stream_config: config } })
    for (const answer of [
      await basin.raw({ method: 'POST', path: '/streams', body: `{"stream":"${created}","config":${body}}` }),
      await basin.raw({ method: 'PUT', path: `/streams/${created}`, body }),
      await basin.raw({ method: 'PATCH', path: `/streams/${name}`, body }),
      await account.raw({ method: 'POST', path: '/basins', body: inBasin }),
    ]) {
      expect.refusedAs(answer, BAD_JSON)
    }
  }
  expect.equal(expect.ok(await basin.getStreamConfig(name)), before, 'configuration after refusals')
  expect.refused(await basin.getStreamConfig(created), 404, 'stream_not_found')
  expect.refused(await account.getBasinConfig(createdBasin), 404, 'basin_not_found')
}

async function configOfNew(
  { basin, newStream, expect }: CheckContext,
  config: StreamConfigBody,
): Promise<StreamConfigBody> {
  const { name } = await newStream(config)
  return expect.ok(await basin.getStreamConfig(name))
}
