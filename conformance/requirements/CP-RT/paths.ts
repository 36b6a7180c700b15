import { type Requirement, requirement } from '../../check/requirement.ts'

export const paths: readonly Requirement[] = [
  requirement('CP-RT-001', 'The `/v1` prefix', async ({ account, basin, newStreamName, expect }) => {
    const name = newStreamName()
    const create = { method: 'POST', path: '/streams', body: JSON.stringify({ stream: name }) }
    for (const answer of [
      await account.raw({ method: 'GET', path: '/basins', prefix: '' }),
      await basin.raw({ method: 'GET', path: '/streams', prefix: '' }),
      await basin.raw({ ...create, prefix: '' }),
    ]) {
      expect.status(answer, 400, 401, 403, 404, 405)
    }
    expect.refused(await basin.getStreamConfig(name), 404, 'stream_not_found')
    expect.ok(await basin.raw(create), 201)
    expect.ok(await basin.getStreamConfig(name))
    expect.ok(await account.listBasins({ prefix: basin.name }))
  }),

  requirement('CP-RT-010', 'One segment, decoded once', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const basin = await newBasin()
    const escaped = `%${basin.name.charCodeAt(0).toString(16)}${basin.name.slice(1)}`
    expect.ok(await account.raw({ method: 'GET', path: `/basins/${escaped}` }))
    const names = [
      ['users/eu', 'users%2Feu', 60],
      ['users%2Feu', 'users%252Feu', 120],
      ['users%252Feu', 'users%25252Feu', 180],
    ] as const
    for (const [, segment, age] of names) {
      const body = `{"retention_policy":{"age":${age}}}`
      expect.ok(await basin.raw({ method: 'PUT', path: `/streams/${segment}`, body }), 201)
    }
    for (const [name, segment, age] of names) {
      const page = expect.ok(await basin.listStreams({ prefix: name, limit: 1 }))
      expect.equal(
        page.streams.map((stream) => stream.name),
        [name],
        'name in the listing',
      )
      const config = await basin.raw({ method: 'GET', path: `/streams/${segment}` })
      expect.equal<unknown>(retentionOf(expect.ok(config)), { age }, `retention of ${name}`)
    }
    expect.status(await basin.raw({ method: 'DELETE', path: '/streams/users%252Feu' }), 202)
    for (const [name, , age] of [names[0], names[2]]) {
      const { retention_policy: retention } = expect.ok(await basin.getStreamConfig(name))
      expect.equal<unknown>(retention, { age }, `retention of ${name} after another's deletion`)
    }
  }),

  requirement('CP-RT-011', 'Raw slash in a stream name', async ({ basin, newStreamName, expect }) => {
    const name = newStreamName()
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await basin.raw({ method, path: `/streams/${name}/eu` })
      expect.status(answer, 404)
      expect.equal(answer.body.length, 0, `bytes in the body of the answer to ${method}`)
    }
    expect.refused(await basin.getStreamConfig(`${name}/eu`), 404, 'stream_not_found')
  }),

  requirement('CP-RT-012', 'Path that is not UTF-8', async ({ account, basin, expect }) => {
    for (const method of METHODS) {
      for (const segment of ['%FF', 'a%C3%28b', '%ED%A0%80']) {
        expect.refused(await basin.raw({ method, path: `/streams/${segment}` }), 400, 'bad_path')
        expect.refused(await account.raw({ method, path: `/basins/${segment}` }), 400, 'bad_path')
      }
    }
  }),

  requirement('CP-RT-013', 'Invalid name in the path', async ({ account, basin, expect }) => {
    for (const method of METHODS) {
      for (const segment of ['n'.repeat(513), `${'%C3%A9'.repeat(256)}n`, '%2E', '%2e%2e']) {
        expect.refused(await basin.raw({ method, path: `/streams/${segment}` }), 400, 'bad_path')
      }
      for (const segment of NOT_BASINS) {
        expect.refused(await account.raw({ method, path: `/basins/${segment}` }), 400, 'bad_path')
      }
    }
  }),

  requirement('CP-RT-014', 'Empty path segment', async ({ account, basin, expect }) => {
    for (const method of METHODS) {
      for (const answer of [
        await basin.raw({ method, path: '/streams/' }),
        await account.raw({ method, path: '/basins/' }),
      ]) {
        expect.status(answer, 404)
        expect.equal(answer.body.length, 0, `bytes in the body of the answer to ${method}`)
      }
    }
  }),
]

const METHODS = ['GET', 'PUT', 'PATCH', 'DELETE']

const NOT_BASINS = [
  'seven-7',
  'n'.repeat(49),
  'Upper-case',
  'under_score',
  '-leading',
  'trailing-',
  '%2E%2E',
  'b%C3%A4sin-name',
]

const retentionOf = (config: unknown): unknown =>
  typeof config === 'object' && config !== null && 'retention_policy' in config
    ? config.retention_policy
    : undefined
