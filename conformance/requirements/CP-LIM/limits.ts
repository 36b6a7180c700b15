import type { BasinClient, StreamPage } from '../../../client/basin-client.ts'
import type { ListQuery } from '../../../client/config-bodies.ts'
import { batch, fence, record } from '../../../client/records.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { APPENDERS } from '../transports.ts'

export const limits: readonly Requirement[] = [
  onStream('CP-LIM-009', 'Fencing token', { on: APPENDERS }, async ({ stream, expect }) => {
    // 36 bytes, in letters of one byte and of two; one more is too long.
    for (const longest of ['t'.repeat(36), 'é'.repeat(18)]) {
      const { tail } = expect.ok(await stream.append({ records: [fence(longest)] }))
      expect.refused(await stream.append({ records: [fence(`${longest}t`)] }), 422, 'invalid')
      const other = await stream.append({ ...batch('x'), fencingToken: `${longest.slice(0, -1)}x` })
      expect.refused(other, 412, { fencing_token_mismatch: longest })
      expect.refusedAs(await stream.append({ ...batch('x'), fencingToken: `${longest}t` }), [
        [400, 'bad_json'],
        [422, 'invalid'],
      ])
      await expect.tail(stream, tail.seqNum)
      expect.ok(await stream.append({ ...batch('a'), fencingToken: longest }))
    }
  }),

  onStream('CP-LIM-012', 'Batch', { on: APPENDERS }, async ({ stream, expect }) => {
    const records = (count: number) => ({ records: Array.from({ length: count }, () => record('r')) })
    expect.ok(await stream.append(records(1000)))
    expect.refused(await stream.append(records(1001)), 422, 'invalid')
    // Two records of 8 bytes each beside their bodies.
    const ofBytes = (bytes: number) => ({
      records: [record('x'.repeat(500_000)), record('x'.repeat(bytes - 500_016))],
    })
    expect.refused(await stream.append(ofBytes(1_048_577)), 422, 'invalid')
    await expect.tail(stream, 1000n)
    expect.ok(await stream.append(ofBytes(1_048_576)))
    await expect.tail(stream, 1002n)
  }),

  requirement('CP-LIM-010', 'List page', { needs: ['basins'] }, async ({ newBasin, expect, eventually }) => {
    const basin = await newBasin()
    const names = Array.from({ length: 1002 }, (_, index) => `s${10_000 + index}`)
    const create = async (mine: readonly string[], into: BasinClient): Promise<void> => {
      for (const name of mine) expect.ok(await into.createStream(name), 201)
    }
    const shares = Array.from({ length: AT_ONCE }, (_, share) =>
      names.filter((__, index) => index % AT_ONCE === share),
    )
    await Promise.all(shares.map((share) => create(share, basin)))
    await eventually('the last of the streams is listed', 30, async () => {
      const page = expect.ok(await basin.listStreams({ start_after: names.at(-2) ?? '' }))
      return page.streams.length > 0 ? true : undefined
    })
    const queries: readonly (readonly [query: ListQuery, count: number])[] = [
      [{}, 1000],
      [{ limit: 0 }, 1000],
      [{ limit: 1000 }, 1000],
      [{ limit: 1001 }, 1000],
      [{ limit: 5000 }, 1000],
      [{ limit: 999 }, 999],
      [{ limit: 1 }, 1],
    ]
    for (const [query, count] of queries) {
      const page = expect.ok(await basin.listStreams(query))
      const listed = page.streams.map(({ name }) => name)
      const what = `the page of ${JSON.stringify(query)}`
      expect.equal([listed.length, page.has_more], [count, true], `length and has_more of ${what}`)
      expect.equal(listed, names.slice(0, count), what)
    }
    const rest = expect.ok(await basin.listStreams({ start_after: names[999] ?? '' }))
    const namesOf = ({ streams }: StreamPage): readonly string[] => streams.map(({ name }) => name)
    expect.equal([namesOf(rest), rest.has_more], [names.slice(1000), false], 'the second page')
    const exact = expect.ok(await basin.listStreams({ start_after: names[1] ?? '' }))
    expect.equal([namesOf(exact), exact.has_more], [names.slice(2), false], 'a last page of 1000')
  }),
]

const AT_ONCE = 16
