import type { ListQuery } from '../../../client/config-bodies.ts'
import { batch } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { inByteOrder } from '../byte-order.ts'
import {
  DELETION_SECONDS,
  refusesChanges,
  streamInfo,
  untilStreamIsGone,
  whileStreamIsDeleted,
} from '../during-deletion.ts'
import { recentTimeOf, timeOf } from '../times.ts'
import { namesOf, newBasinOf } from './page.ts'

export const listing: readonly Requirement[] = [
  requirement('CP-STR-010', 'List', { needs: ['basins'] }, async (context) => {
    const { expect, newBasin } = context
    const nothing = expect.ok(await (await newBasin()).listStreams())
    expect.equal(nothing, { streams: [], has_more: false }, 'a listing of nothing')
    const basin = await newBasinOf(context, IN_ORDER.toReversed())
    for (const [query, expected, more] of QUERIES) {
      const page = expect.ok(await basin.listStreams(query))
      const what = `the listing of ${JSON.stringify(query)}`
      expect.equal([namesOf(page), page.has_more], [expected, more], what)
    }
    for (const limit of [1, 2, 3, 5, IN_ORDER.length]) {
      const visited: string[] = []
      for (let more = true; more; ) {
        const page = expect.ok(await basin.listStreams({ limit, start_after: visited.at(-1) ?? '' }))
        expect.that(page.streams.length > 0, 'a page on the way is not empty', visited)
        visited.push(...namesOf(page))
        // Pages that go round in a circle have no last one.
        expect.that(visited.length <= IN_ORDER.length, 'every name is visited once', visited)
        more = page.has_more
      }
      expect.equal(visited, IN_ORDER, `names visited in pages of ${limit}`)
    }
  }),

  requirement('CP-STR-011', 'A list is of one basin', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect, eventually } = context
    const short = `${newBasinName()}-a`
    const basins = [short, `${short}b`, `${short}-b`]
    for (const name of basins) expect.ok(await account.createBasin(name), 201)
    for (const [index, name] of basins.entries()) {
      const created = await eventually(`the basin ${name} is served`, 30, async () => {
        const answer = await account.basin(name).createStream(`s${index}`)
        return answer.status === 503 ? undefined : answer
      })
      expect.ok(created, 201)
    }
    for (const [index, name] of basins.entries()) {
      const basin = account.basin(name)
      const all = await eventually('the stream is listed', 30, async () => {
        const page = expect.ok(await basin.listStreams())
        return page.streams.length > 0 ? page : undefined
      })
      expect.equal([namesOf(all), all.has_more], [[`s${index}`], false], `streams of ${name}`)
      const after = expect.ok(await basin.listStreams({ start_after: `s${index}` }))
      expect.equal(after, { streams: [], has_more: false }, 'streams after it')
      const single = expect.ok(await basin.listStreams({ limit: 1, prefix: 's' }))
      expect.equal(single.has_more, false, 'has_more of a page that holds the only stream')
    }
  }),

  requirement('CP-STR-013', 'List of an unknown basin', async ({ account, basin, newBasinName, expect }) => {
    const unknown = account.basin(newBasinName())
    for (const query of [{}, { prefix: 'a' }, { start_after: 'a' }, { limit: 1 }]) {
      expect.refused(await unknown.listStreams(query), 404, 'basin_not_found')
      expect.ok(await basin.listStreams({ ...query, limit: 1 }))
    }
  }),

  requirement(
    'CP-STR-012',
    'Deleting streams are listed',
    { needs: ['basins'], patience: DELETION_SECONDS },
    async (context) => {
      const { newBasin, newStreamName, expect } = context
      const basin = await newBasin()
      const make = async () => {
        const name = newStreamName()
        expect.ok(await basin.createStream(name), 201)
        return basin.stream(name)
      }
      const look = async ({ name }: StreamClient) => {
        const { streams } = expect.ok(await basin.listStreams())
        return { name, infos: streams.filter((each) => each.name === name) }
      }
      const judge = async ({ name, infos }: Awaited<ReturnType<typeof look>>): Promise<void> => {
        expect.equal(infos.length, 1, 'entries of the stream being deleted')
        const at = await recentTimeOf(context, infos[0]?.deleted_at)
        const isInOrder = at >= timeOf(expect, infos[0]?.created_at)
        expect.that(isInOrder, 'deleted_at, not before created_at', infos[0])
        await untilStreamIsGone(context, basin, name)
        expect.equal(await streamInfo(context, basin, name), undefined, 'the entry of the stream')
      }
      await whileStreamIsDeleted(context, basin, make, look, judge, refusesChanges)
    },
  ),

  requirement('CP-STR-014', 'Lists are current', { needs: ['basins'] }, async (context) => {
    const { newBasin, newStreamName, expect } = context
    const basin = await newBasin({ create_stream_on_append: true, create_stream_on_read: true })
    const names: string[] = []
    for (const make of [
      (name: string) => basin.createStream(name),
      (name: string) => basin.ensureStream(name),
      (name: string) => basin.stream(name).append(batch('a')),
      (name: string) => basin.stream(name).over('s2s').append(batch('a')),
      (name: string) => basin.stream(name).read({ seqNum: 0n, count: 0n }),
      (name: string) => basin.stream(name).checkTail(),
    ]) {
      const name = newStreamName()
      names.push(name)
      expect.status(await make(name), 201, 200)
      const info = expect.present(await streamInfo(context, basin, name), 'the new stream, in the listing')
      expect.defaulted(info.deleted_at, null, 'deleted_at')
    }
    const page = expect.ok(await basin.listStreams())
    expect.equal(namesOf(page), inByteOrder(names), 'streams of the basin')
  }),
]

/** In the order of their bytes, which is not that of UTF-16: U+FF5A stands before the emoji. */
const IN_ORDER = [
  '!',
  '-',
  '0',
  'A',
  'B/',
  'B/a',
  'B/a/b',
  'B/b',
  'B0',
  'a',
  'aa',
  'z',
  'é',
  'ｚ',
  '😀',
  '😀a',
]

const QUERIES: readonly (readonly [query: ListQuery, names: readonly string[], more: boolean])[] = [
  [{}, IN_ORDER, false],
  [{ prefix: '', start_after: '' }, IN_ORDER, false],
  [{ limit: 0 }, IN_ORDER, false],
  [{ limit: 1001 }, IN_ORDER, false],
  [{ limit: 16 }, IN_ORDER, false],
  [{ limit: 15 }, IN_ORDER.slice(0, 15), true],
  [{ limit: 1 }, ['!'], true],
  [{ prefix: 'B/' }, ['B/', 'B/a', 'B/a/b', 'B/b'], false],
  [{ prefix: 'B/', limit: 4 }, ['B/', 'B/a', 'B/a/b', 'B/b'], false],
  [{ prefix: 'B/', limit: 3 }, ['B/', 'B/a', 'B/a/b'], true],
  [{ prefix: 'B/a/' }, ['B/a/b'], false],
  [{ prefix: 'B/', start_after: 'B/a' }, ['B/a/b', 'B/b'], false],
  [{ prefix: 'B/', start_after: 'B/a', limit: 1 }, ['B/a/b'], true],
  [{ prefix: 'B/', start_after: 'A' }, ['B/', 'B/a', 'B/a/b', 'B/b'], false],
  [{ prefix: 'B/', start_after: 'B/b' }, [], false],
  [{ prefix: 'B/', start_after: 'C' }, [], false],
  [{ prefix: 'b' }, [], false],
  [{ prefix: '😀' }, ['😀', '😀a'], false],
  [{ prefix: 'é' }, ['é'], false],
  [{ start_after: 'z' }, ['é', 'ｚ', '😀', '😀a'], false],
  [{ start_after: 'ｚ' }, ['😀', '😀a'], false],
  [{ start_after: 'B/aa' }, ['B/b', 'B0', 'a', 'aa', 'z', 'é', 'ｚ', '😀', '😀a'], false],
  [{ start_after: '😀a' }, [], false],
]
