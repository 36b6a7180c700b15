import { describe, expect, test } from 'vitest'
import { invalid } from '../../semantics/refusal.ts'
import type { Locations } from '../../semantics/resources/locations.ts'
import { type Asked, testApp } from '../testing/test-app.ts'

const locations: Locations = [
  { name: 'aws:us-east-1', isPrivate: false },
  { name: 'my-cell', isPrivate: true },
]
const [first, cell] = locations
const set = (
  body: string,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Asked => ({
  method: 'PUT',
  url: '/v1/locations/default',
  headers,
  body,
})

describe('locations', () => {
  test('are listed as a bare array (CP-LOC-002, CP-RT-041)', async () => {
    const answer = await testApp({ listLocations: () => locations }).ask({ url: '/v1/locations' })
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } })
    expect(answer.json).toEqual([
      { name: 'aws:us-east-1', is_private: false },
      { name: 'my-cell', is_private: true },
    ])
  })

  test('have a default (CP-LOC-003)', async () => {
    const answer = await testApp({ defaultLocation: () => first }).ask({ url: '/v1/locations/default' })
    expect(answer).toMatchObject({ status: 200 })
    expect(answer.json).toEqual({ name: 'aws:us-east-1', is_private: false })
  })

  test('have a default that can be set by its name as a JSON string (CP-LOC-005)', async () => {
    const app = testApp({ setDefaultLocation: async () => cell ?? first })
    const answer = await app.ask(set('"my-cell"'))
    expect([answer.status, answer.json]).toEqual([200, { name: 'my-cell', is_private: true }])
    expect(app.calls).toEqual([{ operation: 'setDefaultLocation', args: ['my-cell'] }])
  })

  test('hand on a refusal (CP-LOC-006)', async () => {
    const app = testApp({ setDefaultLocation: async () => invalid('no such place') })
    expect(await app.ask(set('"nowhere"'))).toMatchObject({ status: 422, json: { code: 'invalid' } })
  })

  test.each([
    ['an object', set('{"location":"aws:us-east-1"}')],
    ['a number', set('7')],
    ['null', set('null')],
    ['no name', set('""')],
    ['a name of 65 characters', set(`"${'l'.repeat(65)}"`)],
    ['a name with a space', set('"aws us"')],
    ['half a string', set('"aws')],
    ['nothing', set('')],
    ['no content type', set('"my-cell"', {})],
  ])('refuse %s as bad_json (CP-LOC-004, CP-LOC-005)', async (_what, asked) => {
    const app = testApp()
    expect(await app.ask(asked)).toMatchObject({ status: 400, json: { code: 'bad_json' } })
    expect(app.calls).toEqual([])
  })
})
