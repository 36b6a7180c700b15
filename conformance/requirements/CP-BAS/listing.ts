import type { ListQuery } from '../../../client/config-bodies.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { namesOf, newSiblings } from './siblings.ts'

export const listing: readonly Requirement[] = [
  requirement('CP-BAS-010', 'Shape of a basin list', { needs: ['basins'] }, async (context) => {
    const { account, basin, newBasinName, expect, eventually } = context
    const nothing = expect.ok(await account.listBasins({ prefix: `${newBasinName()}-` }))
    expect.equal(nothing, { basins: [], has_more: false }, 'a listing of nothing')
    const page = await eventually('the basin is listed', 30, async () => {
      const listed = expect.ok(await account.listBasins({ prefix: basin.name, limit: 1 }))
      return listed.basins.length > 0 ? listed : undefined
    })
    expect.equal(namesOf(page), [basin.name], 'names on the page')
    expect.equal(typeof page.has_more, 'boolean', 'type of has_more')
  }),

  requirement('CP-BAS-011', 'Order', { needs: ['basins'] }, async (context) => {
    const { account, expect } = context
    const { prefix } = await newSiblings(context, ['a0', 'a', '0', 'a-b'])
    const names = namesOf(expect.ok(await account.listBasins({ prefix })))
    const expected = ['0', 'a', 'a-b', 'a0'].map((suffix) => `${prefix}${suffix}`)
    expect.equal(names, expected, 'names in the order of their bytes')
  }),

  requirement('CP-BAS-012', '`prefix`', { needs: ['basins'] }, async (context) => {
    const { account, expect } = context
    const { prefix, names } = await newSiblings(context, ['ab', 'ac'])
    const [first = '', second = ''] = names
    for (const [asked, expected] of [
      [prefix, [first, second]],
      [prefix.slice(0, -1), [first, second]],
      [`${prefix}a`, [first, second]],
      [first, [first]],
      [second, [second]],
      [`${first}c`, []],
      [`${prefix}b`, []],
    ] as const) {
      // Names of the run that begin alike are told from those of the check by the hyphen.
      const { basins } = expect.ok(await account.listBasins({ prefix: asked }))
      const own: readonly string[] = namesOf({ basins }).filter((name) => name.startsWith(prefix))
      const foreign = basins.filter(({ name }) => !name.startsWith(asked))
      expect.equal(own, expected, `names that begin with ${asked}`)
      expect.equal(foreign, [], `names that do not begin with ${asked}`)
    }
  }),

  requirement('CP-BAS-013', '`start_after`', { needs: ['basins'] }, async (context) => {
    const { account, expect } = context
    const { prefix, names } = await newSiblings(context, ['ab', 'b'])
    const [first = '', second = ''] = names
    for (const [after, expected] of [
      [`${prefix}a`, [first, second]],
      [first, [second]],
      [`${first}-`, [second]],
      [`${prefix}ac`, [second]],
      [second, []],
      [`${prefix}c`, []],
    ] as const) {
      const page = expect.ok(await account.listBasins({ prefix, start_after: after }))
      expect.equal(namesOf(page), expected, `names after ${after}`)
    }
    const next = expect.ok(await account.listBasins({ start_after: first, limit: 1 }))
    expect.equal(namesOf(next), [second], `the first name after ${first} without a prefix`)
  }),

  requirement('CP-BAS-014', '`prefix` with `start_after`', { needs: ['basins'] }, async (context) => {
    const { account, expect } = context
    const { prefix, names } = await newSiblings(context, ['a', 'b'])
    const [first = '', second = ''] = names
    const ended = { basins: [], has_more: false }
    for (const before of ['0', prefix.slice(0, -1), prefix]) {
      const page = expect.ok(await account.listBasins({ prefix, start_after: before }))
      expect.equal(namesOf(page), [first, second], `names with the prefix, after ${before}`)
    }
    const inside = expect.ok(await account.listBasins({ prefix, start_after: first }))
    expect.equal([namesOf(inside), inside.has_more], [[second], false], 'names after the first')
    // The digit is the first character beyond the hyphen in which the prefix ends.
    for (const beyond of [second, `${prefix.slice(0, -1)}0`, 'zzzzzzzz']) {
      const page = expect.ok(await account.listBasins({ prefix, start_after: beyond }))
      expect.equal(page, ended, `the listing after ${beyond}`)
    }
  }),

  requirement('CP-BAS-015', '`limit`', { needs: ['basins'] }, async (context) => {
    const { account, expect } = context
    const { prefix, names } = await newSiblings(context, ['a', 'b'])
    for (const limit of [undefined, 0, 2, 999, 1000, 1001, 1500, 4_294_967_295]) {
      const query: ListQuery = limit === undefined ? { prefix } : { prefix, limit }
      const page = expect.ok(await account.listBasins(query))
      expect.equal([namesOf(page), page.has_more], [names, false], `the listing with limit ${limit}`)
    }
    const one = expect.ok(await account.listBasins({ prefix, limit: 1 }))
    expect.equal([namesOf(one), one.has_more], [names.slice(0, 1), true], 'the listing with limit 1')
  }),

  requirement('CP-BAS-016', '`has_more`', { needs: ['basins'] }, async (context) => {
    const { account, expect } = context
    const { prefix, names } = await newSiblings(context, ['a0', 'a1', 'b'])
    const [first = '', second = '', third = ''] = names
    const queries: readonly (readonly [ListQuery, readonly string[], boolean])[] = [
      [{ prefix, limit: 1 }, [first], true],
      [{ prefix, limit: 2 }, [first, second], true],
      [{ prefix, limit: 3 }, names, false],
      [{ prefix, limit: 4 }, names, false],
      [{ prefix, limit: 1, start_after: second }, [third], false],
      [{ prefix, limit: 1, start_after: third }, [], false],
      // What follows does not match.
      [{ prefix: `${prefix}a`, limit: 2 }, [first, second], false],
      [{ prefix: `${prefix}a`, limit: 1 }, [first], true],
      [{ prefix: first, limit: 1 }, [first], false],
      [{ start_after: second, limit: 1, prefix }, [third], false],
    ]
    for (const [query, expected, more] of queries) {
      const page = expect.ok(await account.listBasins(query))
      expect.equal([namesOf(page), page.has_more], [expected, more], `the listing of ${show(query)}`)
    }
  }),

  requirement('CP-BAS-017', 'Paging', { needs: ['basins'] }, async (context) => {
    const { account, expect } = context
    const { prefix, names } = await newSiblings(context, ['0', '1', 'a', 'a-0'])
    for (const limit of [1, 2, 3]) {
      const visited: string[] = []
      for (let more = true; more; ) {
        const page = expect.ok(await account.listBasins({ prefix, limit, start_after: visited.at(-1) ?? '' }))
        expect.that(page.basins.length > 0, 'a page on the way is not empty', visited)
        visited.push(...namesOf(page))
        // Pages that go round in a circle have no last one.
        expect.that(visited.length <= names.length, 'every name is visited once', visited)
        more = page.has_more
      }
      expect.equal(visited, names, `names visited in pages of ${limit}`)
    }
  }),
]

const show = (query: ListQuery): string => JSON.stringify(query)
