import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { name, resourceSets } from '../../testing/arbitrary-tokens.ts'
import { EVERYTHING, includes, isSubset, NOTHING, type ResourceSet } from './resource-set.ts'

const exact = (name: string): ResourceSet => ({ match: 'exact', name })
const prefix = (prefix: string): ResourceSet => ({ match: 'prefix', prefix })

describe('a resource set', () => {
  test.each<[string, ResourceSet, readonly string[], readonly string[]]>([
    ['nothing', NOTHING, [], ['', 'a', 'team-a']],
    ['exact', exact('team-a'), ['team-a'], ['', 'team', 'team-a-1', 'Team-a']],
    ['prefix', prefix('team-'), ['team-', 'team-a'], ['', 'team', 'a-team-']],
    ['the empty prefix', EVERYTHING, ['a', 'team-a'], []],
  ])('of %s (CP-TOK-030)', (_what, set, inside, outside) => {
    for (const name of inside) expect(includes(set, name), name).toBe(true)
    for (const name of outside) expect(includes(set, name), name).toBe(false)
  })

  test.each<[ResourceSet, ResourceSet, boolean]>([
    [NOTHING, NOTHING, true],
    [exact('ab'), exact('ab'), true],
    [exact('ab'), exact('abc'), false],
    [exact('ab'), prefix('a'), true],
    [exact('ab'), prefix('abc'), false],
    [prefix('ab'), prefix('a'), true],
    [prefix('a'), prefix('ab'), false],
    [prefix(''), prefix(''), true],
    [prefix('ab'), exact('ab'), false],
    [exact('ab'), NOTHING, false],
    [prefix('ab'), NOTHING, false],
  ])('%j is a subset of %j: %s', (inner, outer, expected) => {
    expect(isSubset(inner, outer)).toBe(expected)
  })

  test('whatever is in a subset is in the set, and a set that is none has a name that shows it', () => {
    fc.assert(
      fc.property(resourceSets, resourceSets, name, (inner, outer, name) => {
        if (isSubset(inner, outer)) {
          if (includes(inner, name)) expect(includes(outer, name)).toBe(true)
          return
        }
        const shown =
          inner.match === 'exact' ? inner.name : `${inner.match === 'prefix' ? inner.prefix : ''}z`
        const shortest = inner.match === 'prefix' ? inner.prefix : shown
        expect([shown, shortest].some((name) => includes(inner, name) && !includes(outer, name))).toBe(true)
      }),
    )
  })
})
