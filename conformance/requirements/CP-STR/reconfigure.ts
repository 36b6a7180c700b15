import { type Requirement, requirement } from '../../check/requirement.ts'
import { effective } from '../CP-CFG/effective.ts'
import { BAD_JSON } from '../malformed.ts'
import { keysOf } from '../members.ts'

const UNKNOWN = [
  [404, 'stream_not_found'],
  [404, 'basin_not_found'],
] as const

export const reconfigure: readonly Requirement[] = [
  requirement('CP-STR-050', 'Get config', async ({ basin, newStream, expect, record }) => {
    const config = {
      retention_policy: { age: 77 },
      timestamping: { mode: 'client-require', uncapped: true },
      delete_on_empty: { min_age_secs: 5 },
    }
    for (const asked of [{}, config]) {
      const { name } = await newStream(asked)
      const stored = expect.ok(await basin.getStreamConfig(name))
      expect.equal(effective(stored), effective(asked), 'configuration')
      record(`keys in the answer: ${keysOf(stored).join(', ')}`)
    }
  }),

  requirement('CP-STR-051', 'No `cipher` in StreamConfig', async ({ basin, newStream, expect }) => {
    const { name } = await newStream()
    const path = `/streams/${name}`
    const known = ['delete_on_empty', 'retention_policy', 'storage_class', 'timestamping']
    for (const answer of [
      await basin.raw({ method: 'GET', path }),
      await basin.raw({ method: 'PATCH', path, body: '{}' }),
    ]) {
      const others = keysOf(expect.ok(answer)).filter((key) => !known.includes(key))
      expect.equal(others, [], 'keys that are not those of a configuration')
    }
    // What it is not it cannot be set by: the key is passed over or refused.
    const patched = await basin.raw({ method: 'PATCH', path, body: '{"cipher":"aegis-256"}' })
    expect.status(patched, 200, 400, 422)
    const { cipher } = expect.ok(await basin.ensureStream(name))
    expect.defaulted(cipher, null, 'cipher of the stream')
  }),

  requirement('CP-STR-052', 'Get config of an unknown stream', async (context) => {
    const { account, basin, newBasinName, newStream, newStreamName, expect } = context
    const { name } = await newStream()
    for (const unknown of [newStreamName(), `${name}/`, `${name}0`, name.toUpperCase()]) {
      expect.refused(await basin.getStreamConfig(unknown), 404, 'stream_not_found')
    }
    expect.refusedAs(await account.basin(newBasinName()).getStreamConfig(name), UNKNOWN)
  }),

  requirement('CP-STR-054', 'Management never auto-creates', { needs: ['basins'] }, async (context) => {
    const { newBasin, newStreamName, expect } = context
    const basin = await newBasin({ create_stream_on_append: true, create_stream_on_read: true })
    const name = newStreamName()
    for (const answer of [
      await basin.getStreamConfig(name),
      await basin.reconfigureStream(name, {}),
      await basin.reconfigureStream(name, { retention_policy: { age: 60 } }),
      await basin.deleteStream(name),
      await basin.getStreamConfig(name),
    ]) {
      expect.refused(answer, 404, 'stream_not_found')
    }
    for (const query of [{}, { prefix: name }, { start_after: name }]) {
      expect.equal(expect.ok(await basin.listStreams(query)).streams, [], 'streams of the basin')
    }
  }),

  requirement('CP-STR-060', 'Reconfigure', async ({ basin, newStream, expect }) => {
    const { name } = await newStream()
    const patch = {
      storage_class: 'standard',
      retention_policy: { age: 90 },
      timestamping: { mode: 'arrival', uncapped: true },
      delete_on_empty: { min_age_secs: 30 },
    }
    const answered = expect.ok(await basin.reconfigureStream(name, patch))
    expect.equal(effective(answered), effective(patch), 'configuration in the answer')
    expect.equal(expect.ok(await basin.getStreamConfig(name)), answered, 'configuration by the next GET')
    const one = expect.ok(await basin.reconfigureStream(name, { retention_policy: { age: 91 } }))
    const expected = { ...patch, retention_policy: { age: 91 } }
    expect.equal(effective(one), effective(expected), 'the whole configuration in the answer')

    const path = `/streams/${name}`
    for (const body of ['', '7', '{']) {
      expect.refusedAs(await basin.raw({ method: 'PATCH', path, body }), BAD_JSON)
    }
    expect.equal(expect.ok(await basin.getStreamConfig(name)), one, 'configuration after refusals')
  }),

  requirement('CP-STR-061', 'Reconfigure merges', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, newStreamName, expect } = context
    const basin = await newBasin({ default_stream_config: { retention_policy: { age: 60 } } })
    const name = newStreamName()
    const own = {
      storage_class: 'standard',
      retention_policy: { age: 90 },
      timestamping: { mode: 'arrival' },
    }
    expect.ok(await basin.createStream(name, own), 201)
    const before = expect.ok(await basin.getStreamConfig(name))
    expect.equal(expect.ok(await basin.reconfigureStream(name, {})), before, 'configuration after {}')
    const partial = expect.ok(await basin.reconfigureStream(name, { delete_on_empty: { min_age_secs: 5 } }))
    const withAge = { ...own, delete_on_empty: { min_age_secs: 5 } }
    expect.equal(effective(partial), effective(withAge), 'configuration after one key')

    // The default that holds is that of now, not that of the creation.
    const defaults = { retention_policy: { age: 70 } }
    expect.ok(await account.reconfigureBasin(basin.name, { default_stream_config: defaults }))
    const cleared = expect.ok(await basin.reconfigureStream(name, { retention_policy: null }))
    expect.equal(effective(cleared), effective({ ...withAge, ...defaults }), 'configuration after null')
    const nulls = { storage_class: null, timestamping: null, delete_on_empty: null }
    const plain = expect.ok(await basin.reconfigureStream(name, nulls))
    expect.equal(effective(plain), effective(defaults), 'configuration after every null')
    expect.equal(expect.ok(await basin.getStreamConfig(name)), plain, 'configuration by the next GET')
  }),

  requirement('CP-STR-063', 'Age 0 on reconfigure', async ({ basin, newStream, expect }) => {
    const { name } = await newStream({ retention_policy: { age: 90 } })
    const before = expect.ok(await basin.getStreamConfig(name))
    for (const patch of [
      { retention_policy: { age: 0 } },
      { storage_class: 'standard', timestamping: { mode: 'arrival' }, retention_policy: { age: 0 } },
    ]) {
      expect.refused(await basin.reconfigureStream(name, patch), 422, 'invalid')
      expect.equal(expect.ok(await basin.getStreamConfig(name)), before, 'configuration')
    }
  }),
]
