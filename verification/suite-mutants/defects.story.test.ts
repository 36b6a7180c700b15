import { expect, test } from 'vitest'
import { record } from '../../client/records.ts'
import type { CheckContext } from '../../conformance/check/context.ts'
import type { Requirement } from '../../conformance/check/requirement.ts'
import { expectAppend, FRESH } from '../../conformance/model/oracle.ts'
import { testContext, testRequirement, testTarget } from '../../conformance/testing/check-parts.ts'
import { isRefusal } from '../../reference-server/semantics/refusal.ts'
import { canary } from './canary.ts'
import { unfencedStreamTakesAnyToken } from './conditions/unfenced-stream-takes-any-token.ts'
import type { Defect } from './defect.ts'
import { countOf, type Matrix } from './matrix.ts'
import { startServer } from './server.ts'
import { realTime } from './shared-clock.ts'
import { timestampsFallWithinABatch } from './timestamps/timestamps-fall-within-a-batch.ts'
import { runTrial } from './trial.ts'
import { tryAll } from './try-all.ts'

/** Stamped 30 and 20 by the client; the specification stores 30 twice. */
const falling = { records: [30n, 20n].map((timestamp) => record('x', { timestamp })) }

const named = (id: string, check: Requirement['check']): Requirement => testRequirement(check, { id })

async function appendFalling({ newStream, expect: check }: CheckContext): Promise<bigint> {
  return check.ok(await (await newStream()).append(falling)).end.timestamp
}

const appends = named('T-APPENDS', async (context) => void (await appendFalling(context)))
const rising = named('T-RISING', async (context) => {
  context.expect.equal(await appendFalling(context), 30n, 'end.timestamp')
})
const blind = named('T-BLIND', async (context) => void (await appendFalling(context)))
const idle = named('T-IDLE', () => Promise.resolve())
const unjust = named('T-UNJUST', async (context) => {
  context.expect.equal(await appendFalling(context), 20n, 'end.timestamp')
})

const claimed = (defect: Defect, ...kills: readonly [string, ...string[]]): Defect => ({ ...defect, kills })

async function tried(
  defects: readonly Defect[],
  bird: Defect = claimed(canary, 'T-APPENDS'),
): Promise<Matrix> {
  return await tryAll({
    canary: bird,
    defects,
    requirements: [appends, rising, blind, idle, unjust],
    crossSection: ['T-IDLE'],
    onHealthy: () => {},
    onEntry: () => {},
  })
}

test('a defect that its row sees is killed, and the healthy server is accused of nothing', async () => {
  const matrix = await tried([claimed(timestampsFallWithinABatch, 'T-RISING')])
  expect(matrix.accusations).toEqual([])
  expect(matrix.canary.fate).toBe('killed')
  expect(matrix.entries[0]).toMatchObject({
    fate: 'killed',
    firings: 1,
    noticedBy: [],
    unnoticedBy: ['T-IDLE'],
  })
  expect(countOf(matrix)).toEqual({ passed: 3, failed: 0 })
})

test('one that its row does not see survives, one that does nothing is void, and both fail the run', async () => {
  const matrix = await tried([
    claimed(timestampsFallWithinABatch, 'T-RISING', 'T-BLIND'),
    claimed(unfencedStreamTakesAnyToken, 'T-BLIND'),
  ])
  expect(matrix.entries.map(({ fate }) => fate)).toEqual(['survived', 'void'])
  expect(matrix.entries[0]?.claims).toEqual([
    { id: 'T-RISING', verdict: 'fail', kills: true },
    { id: 'T-BLIND', verdict: 'pass', kills: false },
  ])
  expect(countOf(matrix)).toEqual({ passed: 2, failed: 2 })
})

test('a row that is wrong of the healthy server accuses it, and kills nothing', async () => {
  const matrix = await tried([claimed(timestampsFallWithinABatch, 'T-RISING', 'T-UNJUST')])
  expect(matrix.accusations).toMatchObject([{ id: 'T-UNJUST', verdict: 'fail' }])
  expect(matrix.entries[0]?.fate).toBe('survived')
  expect(countOf(matrix)).toEqual({ passed: 1, failed: 2 })
})

test('a canary that nobody sees voids the run', async () => {
  const matrix = await tried([claimed(timestampsFallWithinABatch, 'T-RISING')], claimed(canary, 'T-IDLE'))
  expect(matrix.canary.fate).not.toBe('killed')
  expect(countOf(matrix)).toEqual({ passed: 1, failed: 2 })
})

test('a defective server does not bend its judge', async () => {
  const server = await startServer(timestampsFallWithinABatch)
  const target = testTarget(server.url)
  const { context } = testContext(target)
  context.expect.ok(await context.account.createBasin(target.sharedBasin), 201)
  expect(await appendFalling(context)).toBe(20n)
  expect(server.firings()).toBe(1)
  const expected = expectAppend(FRESH, falling, 1000n)
  expect(isRefusal(expected) ? expected : expected.ack.end).toEqual({ seqNum: 2n, timestamp: 30n })
  await target.close()
  await server.stop()
})

test('a trial judges each server by itself, on every transport', async () => {
  const seen: string[] = []
  const everywhere = testRequirement(async ({ transport }) => void seen.push(transport), {
    on: ['json', 'sse', 's2s'],
  })
  const { results, firings } = await runTrial([everywhere], realTime)
  expect(results).toMatchObject([{ id: 'TEST-001', verdict: 'pass' }])
  expect(seen.toSorted()).toEqual(['json', 's2s', 'sse'])
  expect(firings).toBe(0)
})
