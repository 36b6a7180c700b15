import { afterEach, describe, expect, test } from 'vitest'
import { singleEndpoint } from '../../client/endpoints.ts'
import { attach } from '../../client/launch/attached.ts'
import {
  bomb,
  dripping,
  endless,
  endlessHeaders,
  GOAWAY,
  type Hostility,
  http2Frame,
  http2Settings,
  large,
  SETTING_MAX_FRAME_SIZE,
  SETTINGS,
  silent,
  startHostile,
} from '../../client/testing/hostile-server.ts'
import { realClock } from '../../kit/clock.ts'
import type { RunResult } from '../../reports/result.ts'
import type { Requirement } from '../check/requirement.ts'
import { testRequirement } from '../testing/check-parts.ts'
import { type RunPlan, runSuite } from './run-suite.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** Of a run of so many rows, each of one request. */
const ROWS = 12

const asking = (index: number): Requirement =>
  testRequirement(
    async ({ account, expect: judged }) => {
      judged.ok(await account.listBasins())
    },
    { id: `T-${String(index).padStart(2, '0')}` },
  )

/** The list of basins, a new basin, the list of its streams, and six probes over HTTP/1.1. */
const PREPARATION = 9

interface HostilePlan {
  readonly http2?: Uint8Array
  /** Once the target is ready, every deadline comes a hundred times sooner. */
  readonly isHurried?: boolean
}

async function judge(
  hostility: Hostility,
  { http2, isHurried = false, ...plan }: Partial<RunPlan> & HostilePlan = {},
): Promise<RunResult> {
  let speed = 1
  const server = await startHostile(hostility, PREPARATION, http2)
  closers.push(server.close)
  return await runSuite(
    {
      selection: { selected: Array.from({ length: ROWS }, (_, index) => asking(index)), unselected: [] },
      expectations: { entries: [] },
      profile: 'core',
      token: undefined,
      seed: 1,
      concurrency: 2,
      firstTransportOnly: false,
      thorough: false,
      runId: 'hostiletest',
      version: '0',
      giveUpAfter: 3,
      ...plan,
    },
    {
      launcher: attach(singleEndpoint(server.origin)),
      clock: { ...realClock, after: (ms, fire) => realClock.after(ms / speed, fire) },
      started: new Date(),
      interrupted: new AbortController().signal,
      events: {
        onTarget() {
          if (isHurried) speed = 100
        },
        onStart() {},
        onResult() {},
      },
      keep: (name) => Promise.resolve(name),
    },
  )
}

const reasons = ({ results }: RunResult, verdict: string): readonly (string | undefined)[] => [
  ...new Set(results.filter((row) => row.verdict === verdict).map(({ reason }) => reason)),
]

const EMPTY = '{"basins":[],"has_more":false}'

describe('a target that completes no answer ends the run', () => {
  test.each([
    ['because it is silent', silent],
    ['because it sends one byte after the other', dripping(20)],
  ])('%s', async (_, hostility) => {
    const result = await judge(hostility, { isHurried: true })
    expect(result.outcome).toBe('not conformant')
    expect(result.summary.fail).toBeGreaterThanOrEqual(2)
    expect(result.summary['not-run']).toBeGreaterThanOrEqual(ROWS - 6)
    const sentence = 'the target did not answer 3 requests in a row'
    expect(result.notes).toContain(`${sentence}: the result is partial`)
    expect(reasons(result, 'not-run')).toEqual([`the run ended before the check began: ${sentence}`])
  })
})

test('bytes that complete no event of a session do not count as an answer', async () => {
  const sessions = Array.from({ length: ROWS }, (_, index) =>
    testRequirement(
      async ({ account }) => {
        const stream = account.basin('some-basin').stream('s')
        await (await stream.over(index % 2 === 0 ? 'sse' : 's2s').openRead({ seqNum: 0n })).next()
      },
      { id: `T-${String(index).padStart(2, '0')}` },
    ),
  )
  const rows = sessions.flatMap((session, index) => [session, { ...asking(index), id: `U-${session.id}` }])
  const result = await judge(dripping(20), {
    isHurried: true,
    selection: { selected: rows, unselected: [] },
  })
  expect(result.notes).toContain('the target did not answer 3 requests in a row: the result is partial')
})

test('one stall, to which all requests under way are lost, ends nothing', async () => {
  let lost = 0
  const result = await judge(
    (response) => {
      lost += 1
      if (lost > ROWS) response.end(EMPTY)
    },
    { concurrency: ROWS, isHurried: true },
  )
  expect(result.summary).toMatchObject({ fail: ROWS, 'not-run': 0 })
})

test('long answers end the run at the budget of bytes', async () => {
  const result = await judge(large(900_000), {
    budget: { bytes: 3_000_000 },
    concurrency: 1,
  })
  expect(result.outcome).toBe('inconclusive')
  expect(result.summary).toMatchObject({ pass: 3, inconclusive: 1, 'not-run': ROWS - 4 })
  expect(reasons(result, 'not-run')).toEqual([
    'the run ended before the check began: the budget of 3000000 bytes was used up',
  ])
})

describe('an answer that is none fails its row and ends nothing', () => {
  const LONG = 'the body is longer than 8388608 bytes, which no answer of S2 needs'
  test.each([
    ['a body without end', () => endless, LONG],
    ['a bomb of gzip', () => bomb('gzip', 20), LONG],
    ['a bomb of deflate', () => bomb('deflate', 20), LONG],
    ['a bomb of zstd', () => bomb('zstd', 20), LONG],
    [
      'headers without end',
      () => endlessHeaders,
      'the response headers are too long (UND_ERR_HEADERS_OVERFLOW)',
    ],
  ])('%s', async (_, hostility, sentence) => {
    const selection = { selected: [asking(1), asking(2), asking(3)], unselected: [] }
    const result = await judge(await hostility(), { selection })
    expect(result.summary).toMatchObject({ fail: 3 })
    expect(reasons(result, 'fail')).toEqual([sentence])
  })
})

test.each([
  ['SETTINGS_MAX_FRAME_SIZE 1', http2Settings(SETTING_MAX_FRAME_SIZE, 1)],
  ['GOAWAY at once', Buffer.concat([http2Frame(SETTINGS), http2Frame(GOAWAY, new Uint8Array(8))])],
])('HTTP/2 that breaks the protocol leaves its rows open: %s', async (_, http2) => {
  const row = { ...asking(1), id: 'T-HTTP2', needs: ['http2'] } as const
  const selection = { selected: [asking(0), row], unselected: [] }
  const result = await judge((response) => void response.end(EMPTY), { http2, selection })
  expect(result.outcome).toBe('inconclusive')
  expect(result.results).toMatchObject([
    { id: 'T-00', verdict: 'pass' },
    {
      id: 'T-HTTP2',
      verdict: 'inconclusive',
      reason: expect.stringContaining('it is not known whether the target has http2: '),
    },
  ])
})
