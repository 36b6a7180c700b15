import type { RawRequest } from '../../../client/raw.ts'
import { row } from '../../catalogue/catalogue.ts'
import type { CheckContext } from '../../check/context.ts'
import type { Requirement } from '../../check/requirement.ts'

type Ask = RawRequest & { readonly code: string }

export const noAccessTokens: Requirement = {
  ...row('CP-TOK-001'),
  needs: [],
  unless: ['access-tokens'],
  async check(context) {
    const path = '/access-tokens'
    const list = (query: string, code: string): Ask => ({ method: 'GET', path: `${path}${query}`, code })
    const issue = (body: string, code: string): Ask => ({ method: 'POST', path, body, code })
    const revoke = (id: string, code: string): Ask => ({ method: 'DELETE', path: `${path}/${id}`, code })
    await expectAll(context, [
      list('', 'not_implemented'),
      list('?prefix=a&start_after=.&limit=5', 'not_implemented'),
      list('?limit=x', 'bad_query'),
      list('?limit=1&limit=1', 'bad_query'),
      list(`?prefix=${'a'.repeat(97)}`, 'bad_query'),
      issue('{"id":"mine","scope":{}}', 'not_implemented'),
      issue(`{"id":"${'a'.repeat(96)}","scope":{"ops":["read"]}}`, 'not_implemented'),
      issue(
        '{"id":"mine","scope":{"basins":{"prefix":""},"op_groups":{"stream":{"read":true}}}}',
        'not_implemented',
      ),
      issue('{"id":"mine"', 'bad_json'),
      issue('{"id":"mine"}', 'bad_json'),
      issue('{"scope":{}}', 'bad_json'),
      issue('{"id":"","scope":{}}', 'bad_json'),
      issue('{"id":"..","scope":{}}', 'bad_json'),
      issue(`{"id":"${'a'.repeat(97)}","scope":{}}`, 'bad_json'),
      issue('{"id":"mine","scope":{"ops":["fly"]}}', 'bad_json'),
      issue('{"id":"mine","scope":{"basins":{"exact":"some-basin","prefix":"s"}}}', 'bad_json'),
      { ...issue('{"id":"mine","scope":{}}', 'bad_json'), without: ['content-type'] },
      revoke('mine', 'not_implemented'),
      revoke('a%2Fb', 'not_implemented'),
      revoke('%2E%2E', 'bad_path'),
      revoke('%FF', 'bad_path'),
      revoke('a'.repeat(97), 'bad_path'),
    ])
  },
}

export const noMetrics: Requirement = {
  ...row('CP-MET-001'),
  needs: [],
  unless: ['metrics'],
  async check(context) {
    const { name } = context.basin
    const get = (path: string, code: string): Ask => ({ method: 'GET', path: `/metrics${path}`, code })
    await expectAll(context, [
      ...['active-basins', 'account-ops'].map((set) => get(`?set=${set}`, 'not_implemented')),
      ...BASIN_SETS.map((set) => get(`/${name}?set=${set}`, 'not_implemented')),
      get(`/${name}/s?set=storage`, 'not_implemented'),
      get('?set=account-ops&start=0&end=4294967295&interval=minute', 'not_implemented'),
      get(`/${name}?set=storage&start=5&end=1&interval=day`, 'not_implemented'),
      ...['', `/${name}`, `/${name}/s`].flatMap((path) => [
        get(path, 'bad_query'),
        get(`${path}?set=nonsense`, 'bad_query'),
        get(`${path}?set=storage&set=storage`, 'bad_query'),
      ]),
      get('?set=storage', 'bad_query'),
      get(`/${name}?set=account-ops`, 'bad_query'),
      get(`/${name}/s?set=append-ops`, 'bad_query'),
      get('?set=account-ops&interval=week', 'bad_query'),
      get('?set=account-ops&start=-1', 'bad_query'),
      get('?set=account-ops&end=4294967296', 'bad_query'),
      get('?set=account-ops&start=1.5', 'bad_query'),
      get('/Not-Valid?set=storage', 'bad_path'),
      get('/short?set=nonsense', 'bad_path'),
      get(`/${name}/%2E%2E?set=storage`, 'bad_path'),
      get(`/${name}/${'s'.repeat(513)}?set=storage`, 'bad_path'),
    ])
  },
}

export const noLocations: Requirement = {
  ...row('CP-LOC-001'),
  needs: [],
  unless: ['locations'],
  async check(context) {
    const set = (body: string, code: string): Ask => ({
      method: 'PUT',
      path: '/locations/default',
      body,
      code,
    })
    await expectAll(context, [
      { method: 'GET', path: '/locations', code: 'not_implemented' },
      { method: 'GET', path: '/locations/default', code: 'not_implemented' },
      set('"aws:us-east-1"', 'not_implemented'),
      set(`"${'l'.repeat(64)}"`, 'not_implemented'),
      set(`"${'l'.repeat(65)}"`, 'bad_json'),
      set('""', 'bad_json'),
      set('"aws us"', 'bad_json'),
      set('{"location":"aws:us-east-1"}', 'bad_json'),
      set('7', 'bad_json'),
      set('"aws', 'bad_json'),
      set('', 'bad_json'),
      { ...set('"aws:us-east-1"', 'bad_json'), without: ['content-type'] },
    ])
  },
}

/** What is not implemented says so with 501, after all that can be wrong with the request, which is 400. */
async function expectAll({ account, expect }: CheckContext, asks: readonly Ask[]): Promise<void> {
  for (const { code, ...request } of asks) {
    expect.refused(await account.raw(request), code === 'not_implemented' ? 501 : 400, code)
  }
}

const BASIN_SETS = ['storage', 'append-ops', 'read-ops', 'read-throughput', 'append-throughput', 'basin-ops']
