import type { Answer } from '../../../client/answer.ts'
import type { StreamInfoBody } from '../../../client/config-bodies.ts'
import { batch, fence, record } from '../../../client/records.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { effective } from '../CP-CFG/effective.ts'
import { timeOf } from '../times.ts'

type Result = 'created' | 'updated' | 'noop'

/** 201 for what was created, 200 for the rest; the header says which. */
function expectResult(
  { expect }: Pick<CheckContext, 'expect'>,
  answer: Answer<StreamInfoBody>,
  result: Result,
): StreamInfoBody {
  const info = expect.ok(answer, result === 'created' ? 201 : 200)
  expect.header(answer, 's2-provision-result', result)
  return info
}

export const ensure: readonly Requirement[] = [
  requirement('CP-STR-040', 'Body of ensure', async ({ basin, newStreamName, expect, record: note }) => {
    const [bare, none, wrapped] = [newStreamName(), newStreamName(), newStreamName()]
    expect.ok(await basin.ensureStream(bare, { retention_policy: { age: 3600 } }), 201)
    expect.equal(
      expect.ok(await basin.getStreamConfig(bare)).retention_policy,
      { age: 3600n },
      'retention_policy',
    )
    expect.ok(await basin.ensureStream(none), 201)
    expect.equal(effective(expect.ok(await basin.getStreamConfig(none))), effective({}), 'configuration')

    expect.ok(await basin.createStream(wrapped), 201)
    const body = '{"config":{"retention_policy":{"age":3600}}}'
    const answer = await basin.raw({ method: 'PUT', path: `/streams/${wrapped}`, body })
    expect.status(answer, 200, 400, 422)
    note(`a wrapped configuration was answered ${answer.status}`)
    const config = expect.ok(await basin.getStreamConfig(wrapped))
    expect.equal(effective(config), effective({}), 'configuration after a wrapped one')
  }),

  requirement('CP-STR-041', 'Ensure', async (context) => {
    const { basin, newStreamName, expect } = context
    const name = newStreamName()
    const config = { retention_policy: { age: 60 }, delete_on_empty: { min_age_secs: 0 } }
    const infos: StreamInfoBody[] = []
    for (const [asked, result] of [
      [config, 'created'],
      [config, 'noop'],
      [{ ...config, retention_policy: { age: 61 } }, 'updated'],
      [{ ...config, retention_policy: { age: 61 } }, 'noop'],
      [undefined, 'updated'],
      [undefined, 'noop'],
      [{}, 'noop'],
    ] as const) {
      const info = expectResult(context, await basin.ensureStream(name, asked), result)
      expect.equal([info.name, info.deleted_at ?? null], [name, null], 'name and deleted_at')
      infos.push(info)
      const stored = expect.ok(await basin.getStreamConfig(name))
      expect.equal(effective(stored), effective(asked), 'configuration')
    }
    const times = infos.map(({ created_at: createdAt }) => timeOf(expect, createdAt))
    expect.equal(new Set(times).size, 1, 'times of creation that were told')
  }),

  requirement('CP-STR-042', 'Ensure replaces', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, newStream, basin: plain, newStreamName, expect } = context
    const stream = await newStream({ retention_policy: { age: 3600 } })
    expectResult(context, await plain.ensureStream(stream.name), 'updated')
    const reset = expect.ok(await plain.getStreamConfig(stream.name))
    expect.equal(effective(reset), effective({ retention_policy: { age: 604_800 } }), 'configuration')
    expectResult(context, await plain.ensureStream(stream.name), 'noop')

    const defaults = { retention_policy: { age: 70 }, timestamping: { mode: 'arrival' } }
    const basin = await newBasin({ default_stream_config: defaults })
    const name = newStreamName()
    const full = { storage_class: 'standard', timestamping: { mode: 'client-require', uncapped: true } }
    expect.ok(await basin.createStream(name, full), 201)
    expectResult(context, await basin.ensureStream(name, { timestamping: { uncapped: true } }), 'updated')
    const inherited = { ...defaults, timestamping: { mode: 'arrival', uncapped: true } }
    const merged = expect.ok(await basin.getStreamConfig(name))
    expect.equal(effective(merged), effective(inherited), 'configuration over the default of the basin')

    const current = { retention_policy: { age: 80 } }
    expect.ok(await account.ensureBasin(basin.name, { config: { default_stream_config: current } }))
    expectResult(context, await basin.ensureStream(name, {}), 'updated')
    const latest = expect.ok(await basin.getStreamConfig(name))
    expect.equal(effective(latest), effective(current), 'configuration over the current default')
  }),

  requirement('CP-STR-043', 'Ensure compares effective values', { needs: ['basins'] }, async (context) => {
    const { newBasin, newStreamName, expect } = context
    const basin = await newBasin({ default_stream_config: { retention_policy: { age: 60 } } })
    const name = newStreamName()
    expect.ok(await basin.createStream(name), 201)
    const stored = expect.ok(await basin.getStreamConfig(name))
    for (const config of [
      stored,
      {},
      undefined,
      { retention_policy: { age: 60 } },
      { storage_class: 'express' },
      { timestamping: { mode: 'client-prefer', uncapped: false } },
      { delete_on_empty: { min_age_secs: 0 } },
      { delete_on_empty: {} },
    ]) {
      expectResult(context, await basin.ensureStream(name, config), 'noop')
      expect.equal(expect.ok(await basin.getStreamConfig(name)), stored, 'configuration')
    }
    expectResult(context, await basin.ensureStream(name, { storage_class: 'standard' }), 'updated')
  }),

  requirement('CP-STR-044', 'Ensure after a new default', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, newStreamName, expect } = context
    const basin = await newBasin({ default_stream_config: { retention_policy: { age: 60 } } })
    const name = newStreamName()
    const request = { timestamping: { mode: 'arrival' } }
    expectResult(context, await basin.ensureStream(name, request), 'created')
    expectResult(context, await basin.ensureStream(name, request), 'noop')
    const defaults = { retention_policy: { age: 70 } }
    expect.ok(await account.reconfigureBasin(basin.name, { default_stream_config: defaults }))
    expectResult(context, await basin.ensureStream(name, request), 'updated')
    const config = expect.ok(await basin.getStreamConfig(name))
    expect.equal(effective(config), effective({ ...defaults, ...request }), 'configuration')
    expectResult(context, await basin.ensureStream(name, request), 'noop')
    // A default that the request overrides changes nothing.
    const overridden = { default_stream_config: { timestamping: { mode: 'client-require' } } }
    expect.ok(await account.reconfigureBasin(basin.name, overridden))
    expectResult(context, await basin.ensureStream(name, request), 'noop')
  }),

  requirement('CP-STR-045', 'Ensure leaves the data', async ({ basin, newStreamName, expect }) => {
    const name = newStreamName()
    const created = expect.ok(await basin.createStream(name), 201)
    const stream = basin.stream(name)
    const sent = [record('a', { headers: [['n', 'v']], timestamp: 5n }), fence('mine'), record('b')]
    expect.ok(await stream.append({ records: sent }))
    const tail = expect.ok(await stream.checkTail())
    const records = await expect.holds(stream, sent)
    for (const config of [
      { retention_policy: { age: 3600 } },
      { timestamping: { mode: 'arrival', uncapped: true }, storage_class: 'standard' },
      { delete_on_empty: { min_age_secs: 60 } },
      undefined,
    ]) {
      const info = expect.ok(await basin.ensureStream(name, config))
      expect.equal(timeOf(expect, info.created_at), timeOf(expect, created.created_at), 'created_at')
      expect.equal(info.cipher ?? null, created.cipher ?? null, 'cipher')
      expect.equal(expect.ok(await stream.checkTail()), tail, 'tail')
      expect.equal(await expect.holds(stream, sent), records, 'records')
      const fenced = await stream.append({ ...batch('x'), fencingToken: 'other' })
      expect.refused(fenced, 412, { fencing_token_mismatch: 'mine' })
    }
    const next = await stream.append({ ...batch('c'), fencingToken: 'mine', matchSeqNum: 3n })
    expect.equal(expect.ok(next).start.seqNum, 3n, 'number of the next record')
  }),

  requirement('CP-STR-047', 'Explicit 0 in ensure', { needs: ['basins'] }, async (context) => {
    const { newBasin, newStreamName, expect } = context
    const basin = await newBasin({ default_stream_config: { delete_on_empty: { min_age_secs: 3600 } } })
    const minAgeOf = async (name: string): Promise<unknown> =>
      expect.ok(await basin.getStreamConfig(name)).delete_on_empty
    const [inheriting, zero] = [newStreamName(), newStreamName()]
    expectResult(context, await basin.ensureStream(inheriting), 'created')
    expect.equal(await minAgeOf(inheriting), { min_age_secs: 3600n }, 'delete_on_empty, inherited')
    const explicit = { delete_on_empty: { min_age_secs: 0 } }
    expectResult(context, await basin.ensureStream(zero, explicit), 'created')
    expectResult(context, await basin.ensureStream(zero, explicit), 'noop')
    expect.equal(await minAgeOf(zero), { min_age_secs: 0n }, 'delete_on_empty, given')
    expectResult(context, await basin.ensureStream(inheriting, explicit), 'updated')
    expectResult(context, await basin.ensureStream(inheriting, explicit), 'noop')
    expect.equal(await minAgeOf(inheriting), { min_age_secs: 0n }, 'delete_on_empty, overridden')
    expectResult(context, await basin.ensureStream(zero), 'updated')
    expect.equal(await minAgeOf(zero), { min_age_secs: 3600n }, 'delete_on_empty, inherited again')
  }),
]
