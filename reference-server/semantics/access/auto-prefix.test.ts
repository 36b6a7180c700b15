import fc from 'fast-check'
import { expect, test } from 'vitest'
import { principals, streamNames } from '../../testing/arbitrary-tokens.ts'
import { streamName } from '../../testing/test-backend.ts'
import { compareNames } from '../resources/names.ts'
import { type Principal, ROOT } from './access-token.ts'
import { addListingPrefix, addPrefix, removePrefix, streamPrefix } from './auto-prefix.ts'
import { isListed, narrowListing, page } from './listing.ts'
import { includes } from './resource-set.ts'

const withPrefix = (prefix: string): Principal => ({
  scope: { ...ROOT.scope, streams: { match: 'prefix', prefix } },
  autoPrefixStreams: true,
  expiresAt: undefined,
})

const tenant = withPrefix('tenant/')

test('a name is prefixed on the way in, even one that has the prefix, and stripped on the way out (CP-TOK-050, CP-TOK-051)', () => {
  expect(addPrefix(tenant, streamName('mine'))).toEqual({ name: 'tenant/mine' })
  expect(addPrefix(tenant, streamName('tenant/x'))).toEqual({ name: 'tenant/tenant/x' })
  expect(removePrefix(tenant, streamName('tenant/mine'))).toBe('mine')
})

test('without it a name is what it is (CP-TOK-052)', () => {
  const verbatim = { ...tenant, autoPrefixStreams: false }
  expect(addPrefix(verbatim, streamName('tenant/x'))).toEqual({ name: 'tenant/x' })
  expect(removePrefix(verbatim, streamName('tenant/x'))).toBe('tenant/x')
  expect(streamPrefix(ROOT)).toBe('')
})

test('the whole name has the limit (CP-TOK-053)', () => {
  expect(addPrefix(tenant, streamName('x'.repeat(505)))).toEqual({ name: `tenant/${'x'.repeat(505)}` })
  expect(addPrefix(tenant, streamName('x'.repeat(506)))).toEqual({ misnamed: expect.any(String) })
})

test('the bounds of a listing are prefixed, and what has no name inside is not on it', () => {
  const all = { prefix: '', startAfter: '', limit: undefined }
  expect(addListingPrefix(tenant, { ...all, prefix: 'a', startAfter: 'ab' })).toMatchObject({
    prefix: 'tenant/a',
    startAfter: 'tenant/ab',
  })
  const whole = addListingPrefix(tenant, all)
  const names = ['tenant', 'tenant/', 'tenant/.', 'tenant/..', 'tenant/...', 'tenant/a', 'tenant0']
  expect(names.filter((name) => isListed(name, whole))).toEqual(['tenant/...', 'tenant/a'])
  expect(addListingPrefix(ROOT, all)).toEqual(all)
})

test('a name comes back as it went in, in scope, whatever the principal', () => {
  fc.assert(
    fc.property(principals, streamNames, (principal, name) => {
      const whole = addPrefix(principal, name)
      if ('misnamed' in whole) throw new Error(whole.misnamed)
      expect(removePrefix(principal, whole.name)).toBe(name)
      if (streamPrefix(principal) !== '') expect(includes(principal.scope.streams, whole.name)).toBe(true)
    }),
  )
})

test('a listing shows what a listing of the stripped names would, in its order (CP-TOK-050, CP-TOK-053)', () => {
  const request = fc.record({
    prefix: fc.oneof(fc.constant(''), streamNames),
    startAfter: fc.oneof(fc.constant(''), streamNames),
    limit: fc.option(fc.bigInt({ min: 1n, max: 4n }), { nil: undefined }),
  })
  const dots = fc.constantFrom('', '.', '..')
  const basin = fc
    .tuple(fc.uniqueArray(streamNames, { maxLength: 12 }), streamNames, fc.uniqueArray(dots))
    .map(([names, prefix, ends]) => ({
      prefix,
      names: [...new Set([...names, ...ends.map((end) => prefix + end)])],
    }))
  fc.assert(
    fc.property(basin, request, ({ names, prefix }, request) => {
      const principal = withPrefix(prefix)
      const named = (names: readonly string[]) =>
        names.toSorted(compareNames).map((name) => ({ name: streamName(name) }))
      const own = names.filter(
        (name) => name.startsWith(prefix) && !['', '.', '..'].includes(name.slice(prefix.length)),
      )
      const expected = page(named(own.map((name) => name.slice(prefix.length))), request)
      const asked = narrowListing(addListingPrefix(principal, request), principal.scope.streams)
      const { items, hasMore } = page(named(names), asked)
      expect({ items: items.map(({ name }) => ({ name: removePrefix(principal, name) })), hasMore }).toEqual(
        expected,
      )
    }),
  )
})
