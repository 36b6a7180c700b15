import { listQuery } from '../../../client/clients/parts.ts'
import type { ListQuery } from '../../../client/config-bodies.ts'
import { batch } from '../../../client/records.ts'
import { streamPath, tailPath } from '../../../proto/http.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { BAD_PATH } from '../malformed.ts'
import { member } from '../members.ts'
import { type Bearer, issue } from './tokens.ts'

const NEEDS = ['access-tokens', 'authentication'] as const

/** A PUT may need the last one too (CP-TOK-040). */
const OPS = [
  'list-streams',
  'create-stream',
  'get-stream-config',
  'check-tail',
  'append',
  'read',
  'reconfigure-stream',
]

export const autoPrefix: readonly Requirement[] = [
  requirement('CP-TOK-050', 'Auto-prefix', { needs: NEEDS }, async (context) => {
    const { basin, expect } = context
    const { prefix, bearer } = await newTenant(context)
    for (const [index, name] of ['my-stream', 'other'].entries()) {
      const request =
        index === 0
          ? { method: 'POST', path: '/streams', body: `{"stream":"${name}"}` }
          : { method: 'PUT', path: streamPath(name) }
      const created = await basin.raw({ ...request, ...bearer })
      expect.equal(member(expect.ok(created, 201), 'name'), name, 'name of the created stream')
      expect.ok(await basin.getStreamConfig(`${prefix}${name}`))
      expect.refused(await basin.getStreamConfig(name), 404, 'stream_not_found')
    }
    const mine = basin.stream('my-stream')
    expect.ok(await mine.append(batch('a', 'b'), bearer))
    const sent = batch('a', 'b').records
    expect.records(expect.ok(await mine.read({ seqNum: 0n, count: 2n }, bearer)).records, 0n, sent)
    expect.equal(
      expect.ok(await basin.stream(`${prefix}my-stream`).checkTail()).seqNum,
      2n,
      'tail by the whole name',
    )
    for (const [query, expected] of [
      [{}, ['my-stream', 'other']],
      [{ prefix: 'my' }, ['my-stream']],
      [{ prefix }, []],
      [{ start_after: 'my-stream' }, ['other']],
      [{ start_after: 'my-stream', prefix: 'my' }, []],
    ] as const) {
      expect.equal(await listed(context, query, bearer), expected, 'names as the token has them')
    }
    expect.equal(
      await listed(context, { prefix }),
      [`${prefix}my-stream`, `${prefix}other`],
      'names as they are',
    )
  }),

  requirement('CP-TOK-051', 'No way out of the prefix', { needs: NEEDS }, async (context) => {
    const { basin, newStreamName, expect } = context
    const { prefix, bearer } = await newTenant(context)
    const outside = newStreamName()
    for (const name of [outside, `${prefix}in`, `${prefix}${prefix}deep`])
      expect.ok(await basin.createStream(name), 201)
    const tail = (name: string) => basin.raw({ method: 'GET', path: tailPath(name), ...bearer })
    for (const name of [outside, `${prefix}in`, `../${outside}`, `/${outside}`, 'deep']) {
      expect.refused(await tail(name), 404, 'stream_not_found')
    }
    expect.ok(await tail('in'))
    // The name as a token without a prefix would have it is one within the prefix here.
    expect.ok(await tail(`${prefix}deep`))
    const created = await basin.raw({ method: 'PUT', path: streamPath(`${prefix}x`), ...bearer })
    expect.ok(created, 201)
    expect.ok(await basin.getStreamConfig(`${prefix}${prefix}x`))
    expect.refused(await basin.getStreamConfig(`${prefix}x`), 404, 'stream_not_found')
    expect.equal(
      await listed(context, {}, bearer),
      ['in', `${prefix}deep`, `${prefix}x`].toSorted(),
      'names as the token has them',
    )
  }),

  requirement('CP-TOK-052', 'Without auto-prefix', { needs: NEEDS }, async (context) => {
    const { basin, newStreamName, expect } = context
    const prefix = `${newStreamName()}/`
    const scope = { basins: { exact: basin.name }, streams: { prefix }, ops: OPS }
    const { bearer } = await issue(context, scope)
    const created = await basin.raw({
      method: 'POST',
      path: '/streams',
      body: `{"stream":"${prefix}mine"}`,
      ...bearer,
    })
    expect.equal(member(expect.ok(created, 201), 'name'), `${prefix}mine`, 'name of the created stream')
    expect.ok(await basin.stream(`${prefix}mine`).append(batch('a'), bearer))
    for (const name of ['mine', prefix.slice(0, -1), newStreamName()]) {
      const request = { method: 'POST', path: '/streams', body: `{"stream":"${name}"}`, ...bearer }
      expect.refused(await basin.raw(request), 403, 'permission_denied')
      expect.refused(await basin.stream(name).append(batch('a'), bearer), 403, 'permission_denied')
      expect.refused(await basin.getStreamConfig(name), 404, 'stream_not_found')
    }
    expect.equal(await listed(context, { prefix }, bearer), [`${prefix}mine`], 'names as the token has them')
  }),

  requirement('CP-TOK-053', 'Order and length under auto-prefix', { needs: NEEDS }, async (context) => {
    const { basin, expect } = context
    const { prefix, bearer } = await newTenant(context)
    const put = (name: string) => basin.raw({ method: 'PUT', path: streamPath(name), ...bearer })
    const longest = 'l'.repeat(512 - prefix.length)
    for (const name of ['b', 'a/b', 'B', 'ä', 'a', longest]) expect.ok(await put(name), 201)
    expect.refusedAs(await put(`${longest}l`), BAD_PATH)
    expect.equal(
      await listed(context, {}, bearer),
      ['B', 'a', 'a/b', 'b', longest, 'ä'],
      'names in the order of their bytes',
    )
  }),
]

/** The holder of a token whose names are prefixed, in the shared basin. */
async function newTenant(
  context: CheckContext,
): Promise<{ readonly prefix: string; readonly bearer: Bearer }> {
  const prefix = `${context.newStreamName()}/`
  const scope = { basins: { exact: context.basin.name }, streams: { prefix }, ops: OPS }
  const { bearer } = await issue(context, scope, { auto_prefix_streams: true })
  return { prefix, bearer }
}

async function listed(
  { basin, expect }: CheckContext,
  query: ListQuery,
  bearer?: Bearer,
): Promise<readonly unknown[]> {
  const page = expect.ok(await basin.raw({ method: 'GET', path: `/streams${listQuery(query)}`, ...bearer }))
  const streams = member(page, 'streams')
  return Array.isArray(streams) ? streams.map((each) => member(each, 'name')) : [streams]
}
