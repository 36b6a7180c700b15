import { describe, expect, test } from 'vitest'
import type { TestResult } from './client.ts'
import { faultsOf, judge, type Report } from './judge.ts'
import type { KnownFailure } from './known-failures.ts'

const passed: TestResult = { test: 'passes', outcome: 'passed', output: '' }
const failed: TestResult = { test: 'fails', outcome: 'failed', output: 'want 412, got 409' }
const entry: KnownFailure = {
  client: 'go-sdk',
  test: 'fails',
  came: /got 409/,
  reason: 'the test is older than the API',
  sometimes: false,
}

const report = (results: readonly TestResult[], known: readonly KnownFailure[] = []): Report => ({
  kind: 'ran',
  name: 'go-sdk',
  title: 'Go SDK',
  setup: 'lite',
  seconds: 1,
  verdict: judge(results, known),
})

describe('a failure', () => {
  test('that nobody explained is a fault', () => {
    expect(faultsOf(report([passed, failed]))).toBe(1)
  })
  test('that is known is none', () => {
    const known = report([passed, failed], [entry])
    expect(faultsOf(known)).toBe(0)
    expect(known).toMatchObject({ verdict: { passed: 1, known: [{ reason: entry.reason }] } })
  })
  test('of a known test that came otherwise is a fault, and its entry stale', () => {
    expect(faultsOf(report([{ ...failed, output: 'got 500' }], [entry]))).toBe(2)
  })
})

describe('an entry of the known failures', () => {
  test.each([
    ['that passes', [{ ...failed, outcome: 'passed' as const }]],
    ['that was skipped', [{ ...failed, outcome: 'skipped' as const }]],
    ['that is not there any more', [passed]],
  ])('of a test %s is stale', (_, results) => {
    expect(faultsOf(report(results, [entry]))).toBe(1)
  })
  test('of a race may be missed', () => {
    expect(faultsOf(report([passed], [{ ...entry, sometimes: true }]))).toBe(0)
  })
})

test('a client that could not be run is a fault, one that cannot be had is none', () => {
  const base = { name: 'go-sdk', title: 'Go SDK', setup: 'lite', seconds: 1, reason: 'there is no go' }
  expect(faultsOf({ ...base, kind: 'broken' })).toBe(1)
  expect(faultsOf({ ...base, kind: 'skipped' })).toBe(0)
})
