import { type Requirement, requirement } from '../../check/requirement.ts'
import { namesOf, newSiblings } from '../CP-BAS/siblings.ts'

export const query: readonly Requirement[] = [
  requirement('CP-RT-020', 'Malformed query value', async ({ account, basin, expect }) => {
    for (const query of [
      'limit=-1',
      'limit=abc',
      'limit=1.5',
      'limit=',
      'limit',
      'limit=99999999999999999999',
    ]) {
      expect.refused(await account.raw({ method: 'GET', path: `/basins?${query}` }), 400, 'bad_query')
      expect.refused(await basin.raw({ method: 'GET', path: `/streams?${query}` }), 400, 'bad_query')
    }
    for (const query of ['prefix=Upper', 'prefix=-x', `prefix=${'n'.repeat(49)}`, 'start_after=Upper']) {
      expect.refused(await account.raw({ method: 'GET', path: `/basins?${query}` }), 400, 'bad_query')
    }
    for (const query of [`prefix=${'n'.repeat(513)}`, `start_after=${'n'.repeat(513)}`]) {
      expect.refused(await basin.raw({ method: 'GET', path: `/streams?${query}` }), 400, 'bad_query')
    }
  }),

  requirement('CP-RT-021', 'Repeated query parameter', async ({ account, basin, expect }) => {
    for (const query of [
      'limit=5&limit=5',
      'limit=5&limit=6',
      'prefix=a&prefix=b',
      'start_after=a&start_after=a',
    ]) {
      expect.refused(await account.raw({ method: 'GET', path: `/basins?${query}` }), 400, 'bad_query')
      expect.refused(await basin.raw({ method: 'GET', path: `/streams?${query}` }), 400, 'bad_query')
    }
  }),

  requirement('CP-RT-022', 'Unknown query parameter', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const basin = await newBasin()
    for (const name of ['a', 'b']) expect.ok(await basin.createStream(name), 201)
    const plain = expect.ok(await basin.raw({ method: 'GET', path: '/streams?limit=1' }))
    const config = expect.ok(await basin.raw({ method: 'GET', path: '/streams/a' }))
    for (const query of ['foo=bar', 'foo=1&foo=2', 'Limit=x', 'foo', 'page=2']) {
      const listing = await basin.raw({ method: 'GET', path: `/streams?limit=1&${query}` })
      expect.equal(expect.ok(listing), plain, `the listing with ${query}`)
      const basins = await account.raw({
        method: 'GET',
        path: `/basins?prefix=${basin.name}&limit=1&${query}`,
      })
      expect.equal(basinsOf(expect.ok(basins)), 1, `basins listed with ${query}`)
      const own = await basin.raw({ method: 'GET', path: `/streams/a?${query}` })
      expect.equal(expect.ok(own), config, `the configuration with ${query}`)
    }
  }),

  requirement('CP-RT-023', 'Empty `prefix` and `start_after`', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const basin = await newBasin()
    for (const name of ['a', 'b', 'c']) expect.ok(await basin.createStream(name), 201)
    const plain = expect.ok(await basin.raw({ method: 'GET', path: '/streams' }))
    for (const query of ['prefix=', 'start_after=', 'prefix=&start_after=']) {
      expect.equal(expect.ok(await basin.raw({ method: 'GET', path: `/streams?${query}` })), plain, query)
    }
    const own = expect.ok(await account.listBasins({ prefix: basin.name, start_after: '' })).basins
    expect.equal(
      own.map(({ name }) => name),
      [basin.name],
      'basins with this prefix, from the beginning',
    )
    // Between the two no other name can be.
    const { prefix, names } = await newSiblings(context, ['a'])
    const next = expect.ok(await account.listBasins({ prefix: '', start_after: prefix, limit: 1 }))
    expect.equal(namesOf(next), names, `the name after ${prefix}`)
  }),
]

const basinsOf = (page: unknown): number =>
  typeof page === 'object' && page !== null && 'basins' in page && Array.isArray(page.basins)
    ? page.basins.length
    : -1
