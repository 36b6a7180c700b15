import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ConformanceFailure, InconclusiveError } from '../../client/failures.ts'
import type { Launcher } from '../../client/launch/launcher.ts'
import { type Stub, startStub } from '../../client/testing/stub-server.ts'
import { realClock } from '../../kit/clock.ts'
import { Interrupted } from '../../kit/run-ended.ts'
import type { RequirementResult } from '../../reports/result.ts'
import type { Requirement } from '../check/requirement.ts'
import { type TestTarget, testRequirement, testTarget } from '../testing/check-parts.ts'
import { type RunChecksOptions, runChecks } from './run-checks.ts'

const TOKEN = 'secret-token-of-the-run'
let stub: Stub
let target: TestTarget

beforeEach(async () => {
  stub = await startStub(() => ({ status: 404, body: '{"code":"stream_not_found","message":"no"}' }))
  target = testTarget(stub.origin, { token: TOKEN })
})
afterEach(async () => {
  await target.close()
  await stub.close()
})

const defaults: RunChecksOptions = {
  seed: 1,
  concurrency: 4,
  clock: realClock,
  firstTransportOnly: false,
  profile: 'core',
  thorough: false,
  signal: new AbortController().signal,
  keep: (name) => Promise.resolve(`/kept/${name}`),
  onStart: () => {},
  onResult: () => {},
}

async function run(
  requirements: readonly Requirement[],
  more: Partial<RunChecksOptions> = {},
): Promise<readonly RequirementResult[]> {
  return await runChecks(target, requirements, { ...defaults, ...more })
}

async function runOne(
  requirement: Requirement,
  more: Partial<RunChecksOptions> = {},
): Promise<RequirementResult> {
  const [result] = await run([requirement], more)
  if (result === undefined) throw new Error('no result')
  return result
}

const failure = new ConformanceFailure({ subject: 'x', expected: '1', actual: '2' })

test('what is observed again and again is told once for each transport', async () => {
  const requirement = testRequirement(
    async ({ record }) => {
      for (const observation of ['a', 'b', 'a', 'b', 'a']) record(observation)
    },
    { on: ['json', 'sse'] },
  )
  const { observations } = await runOne(requirement, { concurrency: 1 })
  expect(observations).toEqual(['over json: a', 'over json: b', 'over sse: a', 'over sse: b'])
})

describe('a row on several transports', () => {
  const on = ['json', 'sse', 's2s'] as const
  test('passes when all do', async () => {
    const seen: string[] = []
    const result = await runOne(testRequirement(async ({ transport }) => void seen.push(transport), { on }))
    expect(result).toMatchObject({ verdict: 'pass', transports: on })
    expect(seen.toSorted()).toEqual(['json', 's2s', 'sse'])
  })
  test('is as bad as the worst of them, and says which that is', async () => {
    const result = await runOne(
      testRequirement(
        async ({ transport }) => {
          if (transport === 'sse') throw failure
          if (transport === 's2s') throw new InconclusiveError('no overlap')
        },
        { on },
      ),
    )
    expect(result).toMatchObject({
      verdict: 'fail',
      reason: 'over sse: x: expected 1, actual 2',
      subject: 'over sse: x',
    })
  })
  test('is run on the first one only in a quick run', async () => {
    const result = await runOne(
      testRequirement(
        ({ transport }) => (transport === 'json' ? Promise.resolve() : Promise.reject(failure)),
        { on },
      ),
      { firstTransportOnly: true },
    )
    expect(result).toMatchObject({ verdict: 'pass', transports: ['json'] })
  })
})

describe('a row that the target has nothing to say about', () => {
  test('needs a capability that is absent', async () => {
    const result = await runOne(testRequirement(() => Promise.reject(failure), { needs: ['metrics'] }))
    expect(result).toMatchObject({
      verdict: 'not-applicable',
      reason: expect.stringContaining('needs metrics'),
    })
  })
  test('is about targets without a capability', async () => {
    const result = await runOne(
      testRequirement(() => Promise.reject(failure), { needs: [], unless: ['http2'] }),
    )
    expect(result).toMatchObject({ verdict: 'not-applicable', reason: 'says nothing of a target with http2' })
  })
})

test('a result that is no pass has its transcript, a command, its files, and no secret', async () => {
  const result = await runOne(
    testRequirement(async ({ account, attach, record, expect: check }) => {
      record(`an observation with ${TOKEN}`)
      attach('replay.json', `{"token":"${TOKEN}"}`)
      check.equal(
        check.ok(await account.listBasins({ prefix: TOKEN })),
        { basins: [], has_more: false },
        TOKEN,
      )
    }),
  )
  expect(result).toMatchObject({
    verdict: 'fail',
    request: `GET ${stub.origin}/v1/basins?prefix=<redacted>`,
    expected: 'status 200',
    actual: '404 stream_not_found (no)',
    files: ['/kept/TEST-001-json-replay.json'],
    observations: ['an observation with <redacted>'],
  })
  expect(result.transcript?.[0]).toBe(`> GET ${stub.origin}/v1/basins?prefix=<redacted> HTTP/1.1`)
  expect(result.curl).toContain('curl')
  expect(JSON.stringify(result)).not.toContain(TOKEN)
})

test('a pass has neither', async () => {
  const result = await runOne(testRequirement(async ({ attach }) => attach('x', 'y')))
  expect(result).not.toHaveProperty('transcript')
  expect(result).not.toHaveProperty('files')
})

test('what a check throws before its first await is its verdict too', async () => {
  const result = await runOne(
    testRequirement(() => {
      throw failure
    }),
  )
  expect(result.verdict).toBe('fail')
})

test('no more checks run at a time than were asked for, and those that need a restart run alone', async () => {
  let running = 0
  let most = 0
  let mostAlone = 0
  const full = Promise.withResolvers<void>()
  const check =
    (alone: boolean): Requirement['check'] =>
    async () => {
      running += 1
      most = Math.max(most, running)
      if (alone) mostAlone = Math.max(mostAlone, running)
      if (running === 4) full.resolve()
      // The first ones end only when as many run as may, whatever the scheduler does.
      if (!alone) await full.promise
      await sleep(5)
      running -= 1
    }
  target = { ...target, capabilities: new Set(['restart']) }
  const rows = Array.from({ length: 20 }, (_, index) =>
    testRequirement(check(index < 3), { id: `T-${index}`, needs: index < 3 ? ['restart'] : [] }),
  )
  await run(rows, { concurrency: 4 })
  expect(most).toBe(4)
  expect(mostAlone).toBe(1)
})

test('one seed gives one order, and results come in that of the rows', async () => {
  const orderOf = async (seed: number): Promise<string[]> => {
    const order: string[] = []
    const rows = Array.from({ length: 12 }, (_, index) =>
      testRequirement(async () => {}, { id: `T-${index}` }),
    )
    const results = await run(rows, {
      seed,
      concurrency: 1,
      onStart: ({ requirement }) => order.push(requirement.id),
    })
    expect(results.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
    return order
  }
  expect(await orderOf(1)).toEqual(await orderOf(1))
  expect(await orderOf(1)).not.toEqual(await orderOf(2))
})

test('an interruption gives up what runs, lists what has not begun as not run, and fails nobody', async () => {
  const stop = new AbortController()
  const rows = Array.from({ length: 6 }, (_, index) =>
    testRequirement(({ sleep: rest }) => rest(60_000), { id: `T-${index}`, on: ['json', 'sse'] }),
  )
  const started: string[] = []
  const running = run(rows, {
    concurrency: 2,
    signal: stop.signal,
    onStart: ({ requirement }) => {
      started.push(requirement.id)
      if (started.length === 2) setImmediate(() => stop.abort(new Interrupted()))
    },
  })
  const results = await running
  expect(started).toHaveLength(2)
  expect(results).toHaveLength(6)
  const begun = new Set(started)
  for (const result of results) {
    const expected = begun.has(result.id)
      ? { verdict: 'inconclusive', reason: 'the run ended before the check did: the run was interrupted' }
      : { verdict: 'not-run', reason: 'the run ended before the check began: the run was interrupted' }
    expect(result).toMatchObject(expected)
    expect(result).not.toHaveProperty('transcript')
  }
})

test('a target that a check left dead is alive for the next one', async () => {
  let isUp = true
  const launcher: Launcher = {
    ...target.launcher,
    kind: 'process',
    continue: async () => {},
    start: async () => {
      isUp = true
    },
    kill: async () => {
      isUp = false
    },
  }
  target = { ...target, launcher, capabilities: new Set(['restart']) }
  const seen: boolean[] = []
  const rows = ['T-1', 'T-2'].map((id) =>
    testRequirement(
      async ({ lifecycle }) => {
        seen.push(isUp)
        await lifecycle.kill()
        throw failure
      },
      { id, needs: ['restart'] },
    ),
  )
  await run(rows)
  expect([seen, isUp]).toEqual([[true, true], true])
})

test('a file that cannot be kept takes no verdict with it', async () => {
  const result = await runOne(
    testRequirement(async ({ attach }) => {
      attach('replay.json', '{}')
      throw failure
    }),
    { keep: () => Promise.reject(new Error('the disk is full')) },
  )
  expect(result).toMatchObject({
    verdict: 'fail',
    observations: ['TEST-001-json-replay.json could not be written: the disk is full'],
  })
  expect(result).not.toHaveProperty('files')
})

test('a row that was ended with a warning on its first transport is inconclusive', async () => {
  const stop = new AbortController()
  const result = await runOne(
    {
      ...testRequirement(async () => {}, { on: ['json', 'sse'], level: 'SHOULD' }),
      // Before the check hears of the interruption, which keeps the next one from being begun.
      check: () => Promise.reject(failure),
    },
    { concurrency: 1, signal: stop.signal, onStart: () => stop.abort(new Interrupted()) },
  )
  const reason = 'the run ended before the check did: the run was interrupted'
  expect(result).toMatchObject({ verdict: 'inconclusive', reason })
})

test('a capability that could not be decided leaves its rows open', async () => {
  target = { ...target, undecided: new Map([['metrics', 'GET /metrics answered 503']]) }
  const needs = await runOne(testRequirement(async () => {}, { needs: ['metrics'] }))
  const unless = await runOne(testRequirement(async () => {}, { unless: ['metrics'] }))
  for (const result of [needs, unless]) {
    expect(result).toMatchObject({
      verdict: 'inconclusive',
      reason: 'it is not known whether the target has metrics: GET /metrics answered 503',
    })
  }
})
