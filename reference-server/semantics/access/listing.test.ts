import fc from 'fast-check'
import { expect, test } from 'vitest'
import { name, resourceSets } from '../../testing/arbitrary-tokens.ts'
import { compareNames } from '../resources/names.ts'
import { type ListRequest, narrowListing, page, pageLimit } from './listing.ts'
import { includes, type ResourceSet } from './resource-set.ts'

const items = (...names: readonly string[]) => names.map((name) => ({ name }))
const everything: ListRequest = { prefix: '', startAfter: '', limit: undefined }
const six = items('a', 'a-1', 'a-2', 'b', 'b-1', 'c')

test.each<{ request: Partial<ListRequest>; names: readonly string[]; hasMore: boolean }>([
  { request: {}, names: ['a', 'a-1', 'a-2', 'b', 'b-1', 'c'], hasMore: false },
  { request: { prefix: 'a-' }, names: ['a-1', 'a-2'], hasMore: false },
  { request: { startAfter: 'b' }, names: ['b-1', 'c'], hasMore: false },
  { request: { startAfter: 'aa' }, names: ['b', 'b-1', 'c'], hasMore: false },
  { request: { prefix: 'b', startAfter: 'a' }, names: ['b', 'b-1'], hasMore: false },
  { request: { prefix: 'a', startAfter: 'a-1' }, names: ['a-2'], hasMore: false },
  { request: { prefix: 'a', startAfter: 'b' }, names: [], hasMore: false },
  { request: { limit: 2n }, names: ['a', 'a-1'], hasMore: true },
  { request: { limit: 6n }, names: ['a', 'a-1', 'a-2', 'b', 'b-1', 'c'], hasMore: false },
  { request: { limit: 2n, prefix: 'a-' }, names: ['a-1', 'a-2'], hasMore: false },
  { request: { limit: 0n, startAfter: 'b-1' }, names: ['c'], hasMore: false },
])('$request lists $names (CP-BAS-010 to CP-BAS-016)', ({ request, names, hasMore }) => {
  expect(page(six, { ...everything, ...request })).toEqual({ items: items(...names), hasMore })
})

test.each([
  { limit: undefined, most: 1000 },
  { limit: 0n, most: 1000 },
  { limit: 1n, most: 1 },
  { limit: 1000n, most: 1000 },
  { limit: 1001n, most: 1000 },
  { limit: 2n ** 64n - 1n, most: 1000 },
])('a limit of $limit is one of $most (CP-BAS-015)', ({ limit, most }) => {
  expect(pageLimit({ ...everything, limit })).toBe(most)
})

test('page after page, everything that matches comes once, in order (CP-BAS-017)', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '\ufb00', '\u{1f980}'), maxLength: 4 })
  fc.assert(
    fc.property(fc.uniqueArray(name), name, fc.bigInt({ min: 1n, max: 3n }), (names, prefix, limit) => {
      const sorted = names.filter((name) => name !== '').toSorted(compareNames)
      const seen: string[] = []
      for (let hasMore = true; hasMore; ) {
        const next = page(items(...sorted), { prefix, startAfter: seen.at(-1) ?? '', limit })
        seen.push(...next.items.map(({ name }) => name))
        hasMore = next.hasMore
      }
      expect(seen).toEqual(sorted.filter((name) => name.startsWith(prefix)))
    }),
  )
})

test.each<[ResourceSet, Partial<ListRequest>, readonly string[]]>([
  [{ match: 'none' }, {}, []],
  [{ match: 'exact', name: 'a' }, {}, ['a']],
  [{ match: 'exact', name: 'a-1' }, { prefix: 'a' }, ['a-1']],
  [{ match: 'exact', name: 'a' }, { prefix: 'a-' }, []],
  [{ match: 'exact', name: 'a' }, { startAfter: 'a' }, []],
  [{ match: 'prefix', prefix: 'a' }, {}, ['a', 'a-1', 'a-2']],
  [{ match: 'prefix', prefix: 'a' }, { prefix: 'a-', startAfter: 'a-1' }, ['a-2']],
  [{ match: 'prefix', prefix: 'a-' }, { prefix: 'b' }, []],
  [{ match: 'prefix', prefix: '' }, { prefix: 'c' }, ['c']],
])('a token that sees %j is shown of %j only %j (CP-TOK-040)', (visible, request, names) => {
  const asked = narrowListing({ ...everything, ...request }, visible)
  expect(page(six, asked)).toEqual({ items: items(...names), hasMore: false })
})

test('a listing shows of what is visible as if there were nothing else', () => {
  const names = fc.uniqueArray(name, { maxLength: 12 }).map((names) => items(...names.toSorted(compareNames)))
  const requests = fc.record({
    prefix: fc.oneof(fc.constant(''), name),
    startAfter: fc.oneof(fc.constant(''), name),
    limit: fc.option(fc.bigInt({ min: 1n, max: 4n }), { nil: undefined }),
  })
  fc.assert(
    fc.property(names, resourceSets, requests, (names, visible, request) => {
      const seen = names.filter(({ name }) => includes(visible, name))
      expect(page(names, narrowListing(request, visible))).toEqual(page(seen, request))
    }),
  )
})
