import { type Requirement, requirement } from '../../check/requirement.ts'
import { type Ask, expectAll } from '../not-implemented.ts'

export const notImplemented: readonly Requirement[] = [
  requirement('CP-LOC-001', 'Not implemented on s2-lite', { unless: ['locations'] }, async (context) => {
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
  }),
]
