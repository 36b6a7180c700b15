import { type Requirement, requirement } from '../../check/requirement.ts'
import { type Ask, expectAll } from '../not-implemented.ts'

export const notImplemented: readonly Requirement[] = [
  requirement('CP-MET-001', 'Not implemented on s2-lite', { unless: ['metrics'] }, async (context) => {
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
  }),
]

const BASIN_SETS = ['storage', 'append-ops', 'read-ops', 'read-throughput', 'append-throughput', 'basin-ops']
