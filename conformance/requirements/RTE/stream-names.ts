import { batch, record } from '../../../client/records.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { inByteOrder } from '../byte-order.ts'

export const streamNames: readonly Requirement[] = [
  requirement(
    'RTE-007',
    'Stream name limits',
    { needs: ['basins'], on: ['json', 'sse', 's2s'] },
    async ({ newBasin, transport, expect }) => {
      const basin = await newBasin()
      for (const name of NAMES) {
        expect.equal(expect.ok(await basin.createStream(name), 201).name, name, 'name of the created stream')
      }
      for (const name of NAMES) {
        const stream = basin.stream(name, transport)
        expect.ok(await stream.append(batch(name)))
        expect.records(expect.ok(await stream.read({ seqNum: 0n, count: 10n })).records, 0n, [record(name)])
        expect.equal(expect.ok(await stream.checkTail()).seqNum, 1n, `tail of ${JSON.stringify(name)}`)
      }
      // Written as they are: a plus sign means itself, and so do quotes.
      for (const segment of ['a+b', "it's", '%22%41']) {
        expect.ok(await basin.raw({ method: 'GET', path: `/streams/${segment}/records/tail` }))
      }
      const listed = expect.ok(await basin.listStreams()).streams.map(({ name }) => name)
      expect.equal(listed, inByteOrder(NAMES), 'names in the listing')
    },
  ),

  requirement('RTE-008', 'Names `.` and `..`', async ({ basin, expect }) => {
    for (const segment of ['%2E', '%2e', '%2E%2E', '%2e%2E', '.%2E']) {
      for (const path of [`/streams/${segment}/records?seq_num=0`, `/streams/${segment}/records/tail`]) {
        expect.refused(await basin.raw({ method: 'GET', path }), 400, 'bad_path')
      }
    }
  }),

  requirement('RTE-009', 'Name too long or not UTF-8', async ({ basin, expect }) => {
    for (const segment of BAD_SEGMENTS) {
      const records = `/streams/${segment}/records`
      const append = { headers: { 'content-type': 'application/json' }, body: '{"records":[{}]}' }
      expect.refused(await basin.raw({ method: 'POST', path: records, ...append }), 400, 'bad_path')
      expect.refused(await basin.raw({ method: 'GET', path: `${records}?seq_num=0` }), 400, 'bad_path')
      expect.refused(await basin.raw({ method: 'GET', path: `${records}/tail` }), 400, 'bad_path')
    }
  }),

  requirement('RTE-010', 'Empty stream segment', async ({ basin, expect, record: note }) => {
    const answer = await basin.raw({ method: 'GET', path: '/streams//records?seq_num=0' })
    const outcome = answer.body.length === 0 ? `${answer.status}` : `${answer.status} ${answer.error?.code}`
    expect.that(['404', '400 bad_path'].includes(outcome), '404 without a body, or 400 bad_path', outcome)
    note(outcome)
  }),
]

/** Up to 512 bytes of UTF-8, not normalised; among them all that has a meaning in a URL and our own path words. */
const NAMES = [
  'n',
  'n'.repeat(512),
  '😀'.repeat(128),
  'a/b',
  '/a//b/',
  'a b',
  ' ',
  'a+b',
  'a%2Fb',
  '%',
  'a?b=c#d',
  'caf\u00e9',
  'cafe\u0301',
  'records',
  'x/records/tail',
  '...',
  "it's",
  '"A',
  '日本 <&>',
] as const

/** One byte too long, in ASCII and in letters of two bytes; and bytes that are not UTF-8. */
const BAD_SEGMENTS = ['n'.repeat(513), `${'%C3%A9'.repeat(256)}n`, '%FF', 'a%C3%28', '%ED%A0%80'] as const
