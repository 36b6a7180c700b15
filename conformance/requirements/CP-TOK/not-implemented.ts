import { type Requirement, requirement } from '../../check/requirement.ts'
import { type Ask, expectAll } from '../not-implemented.ts'

export const notImplemented: readonly Requirement[] = [
  requirement('CP-TOK-001', 'Not implemented on s2-lite', { unless: ['access-tokens'] }, async (context) => {
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
  }),
]
