import type { StreamConfigBody } from '../../../client/config-bodies.ts'
import { batch } from '../../../client/records.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { effective } from '../CP-CFG/effective.ts'
import { timeOf } from '../times.ts'

export const idempotency: readonly Requirement[] = [
  requirement('CP-STR-021', '`s2-provision-result` of POST', async ({ basin, newStreamName, expect }) => {
    const [name, refused] = [newStreamName(), newStreamName()]
    const longest = 'token-'.repeat(6)
    const create = (requestToken: string) => basin.createStream(name, {}, { requestToken })
    const created = await create(longest)
    expect.ok(created, 201)
    expect.header(created, 's2-provision-result', 'created')
    for (const attempt of [1, 2]) {
      const repeat = await create(longest)
      expect.equal(expect.ok(repeat, 201).name, name, `name in repeat ${attempt}`)
      expect.header(repeat, 's2-provision-result', 'noop')
    }
    for (const other of [longest.slice(0, 35), `${longest.slice(0, 35)}X`, '']) {
      expect.refused(await create(other), 409, 'resource_already_exists')
    }
    const tooLong = { requestToken: `${longest}X` }
    expect.refused(await create(tooLong.requestToken), 400, 'bad_header')
    expect.refused(await basin.createStream(refused, {}, tooLong), 400, 'bad_header')
    expect.refused(await basin.getStreamConfig(refused), 404, 'stream_not_found')
    expect.header(await basin.createStream(refused), 's2-provision-result', 'created')
  }),

  requirement('CP-STR-022', 'Idempotent create', async ({ basin, newStreamName, expect }) => {
    const [withToken, without] = [newStreamName(), newStreamName()]
    const config = { retention_policy: { age: 60 }, timestamping: { uncapped: true } }
    const requestToken = 'mine'
    const first = expect.ok(await basin.createStream(withToken, config, { requestToken }), 201)
    expect.ok(await basin.createStream(without, config), 201)
    expect.ok(await basin.stream(withToken).append(batch('a')))
    for (const answer of [
      await basin.createStream(withToken, config, { requestToken: 'other' }),
      await basin.createStream(withToken, config),
      await basin.createStream(withToken, {}, { requestToken }),
      await basin.createStream(withToken, { ...config, storage_class: 'standard' }, { requestToken }),
      await basin.createStream(without, config),
      await basin.createStream(without, config, { requestToken }),
    ]) {
      expect.refused(answer, 409, 'resource_already_exists')
    }
    const repeats = await Promise.all(
      [1, 2, 3, 4].map(() => basin.createStream(withToken, config, { requestToken })),
    )
    for (const repeat of repeats) {
      const info = expect.ok(repeat, 201)
      expect.equal(timeOf(expect, info.created_at), timeOf(expect, first.created_at), 'created_at')
      expect.header(repeat, 's2-provision-result', 'noop')
    }
    for (const name of [withToken, without]) {
      const stored = expect.ok(await basin.getStreamConfig(name))
      expect.equal(effective(stored), effective(config), 'configuration')
    }
    expect.equal(expect.ok(await basin.stream(withToken).checkTail()).seqNum, 1n, 'tail.seq_num')
  }),

  requirement('CP-STR-023', 'The token check is on the request', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, newStreamName, expect } = context
    const basin = await newBasin({ default_stream_config: { retention_policy: { age: 60 } } })
    const name = newStreamName()
    const create = (config: StreamConfigBody) => basin.createStream(name, config, { requestToken: 'mine' })
    const request = { timestamping: { mode: 'arrival' } }
    const first = expect.ok(await create(request), 201)
    const effectiveThen = expect.ok(await basin.getStreamConfig(name))
    for (const defaults of [
      { retention_policy: { age: 70 } },
      { timestamping: { mode: 'arrival' }, storage_class: 'standard' },
      null,
    ]) {
      const patch = { default_stream_config: defaults }
      expect.ok(await account.reconfigureBasin(basin.name, patch))
      const repeat = await create(request)
      expect.equal(expect.ok(repeat, 201).created_at, first.created_at, 'created_at')
      expect.header(repeat, 's2-provision-result', 'noop')
      expect.equal(expect.ok(await basin.getStreamConfig(name)), effectiveThen, 'configuration')
    }
    // What it came to is not what was asked for.
    expect.refused(await create(effectiveThen), 409, 'resource_already_exists')
  }),

  requirement('CP-STR-024', 'Equality of requests', async ({ basin, newStreamName, expect }) => {
    const create = (name: string, rest: string) =>
      basin.raw({
        method: 'POST',
        path: '/streams',
        headers: { 's2-request-token': 'equality' },
        body: `{"stream":"${name}"${rest}}`,
      })
    for (const original of NOTHING) {
      const name = newStreamName()
      expect.ok(await create(name, original), 201)
      for (const same of NOTHING) {
        const repeat = await create(name, same)
        expect.ok(repeat, 201)
        expect.header(repeat, 's2-provision-result', 'noop')
      }
      for (const different of SOMETHING) {
        expect.refused(await create(name, different), 409, 'resource_already_exists')
      }
    }
    const name = newStreamName()
    expect.ok(await create(name, ',"config":{"delete_on_empty":{}}'), 201)
    const zero = await create(name, ',"config":{"delete_on_empty":{"min_age_secs":0}}')
    expect.header(zero, 's2-provision-result', 'noop')
    expect.refused(await create(name, ''), 409, 'resource_already_exists')
  }),

  requirement('CP-STR-025', 'The token outlives changes', { needs: ['basins'] }, async (context) => {
    const { newBasin, newStreamName, expect } = context
    const basin = await newBasin({ create_stream_on_append: true })
    const [created, ensured, appended] = [newStreamName(), newStreamName(), newStreamName()]
    const withToken = { requestToken: 'mine' }
    const first = expect.ok(await basin.createStream(created, {}, withToken), 201)
    for (const change of [
      () => basin.ensureStream(created, { retention_policy: { age: 60 } }),
      () => basin.reconfigureStream(created, { retention_policy: { age: 61 } }),
      () => basin.ensureStream(created),
    ]) {
      expect.status(await change(), 200)
      const repeat = await basin.createStream(created, {}, withToken)
      expect.equal(expect.ok(repeat, 201).created_at, first.created_at, 'created_at')
      expect.header(repeat, 's2-provision-result', 'noop')
    }
    const changed = await basin.createStream(created, { retention_policy: { age: 60 } }, withToken)
    expect.refused(changed, 409, 'resource_already_exists')

    expect.ok(await basin.ensureStream(ensured), 201)
    expect.ok(await basin.stream(appended).append(batch('a')))
    for (const name of [ensured, appended]) {
      for (const options of [{}, { requestToken: '' }, withToken, withToken]) {
        expect.refused(await basin.createStream(name, {}, options), 409, 'resource_already_exists')
      }
    }
  }),
]

const NOTHING = [
  '',
  ',"config":null',
  ',"config":{}',
  ',"config":{"storage_class":null,"retention_policy":null,"timestamping":null,"delete_on_empty":null}',
  ',"config":{"timestamping":{}}',
  ',"config":{"timestamping":{"mode":null,"uncapped":null}}',
]

const SOMETHING = [
  ',"config":{"delete_on_empty":{}}',
  ',"config":{"storage_class":"express"}',
  ',"config":{"retention_policy":{"age":604800}}',
  ',"config":{"timestamping":{"uncapped":false}}',
]
