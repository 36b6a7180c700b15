import { describe, expect, test } from 'vitest'
import * as json from './json.ts'
import { outcomeOf, type RequirementResult, type RunResult, summarize, type Verdict } from './result.ts'
import * as terminal from './terminal.ts'

const row = (id: string, verdict: Verdict, more: Partial<RequirementResult> = {}): RequirementResult => ({
  id,
  title: `Title of ${id}`,
  level: 'MUST',
  tier: 'core',
  verdict,
  source: 'openapi',
  ms: 5,
  transports: ['json'],
  observations: [],
  ...more,
})

const results = [
  row('APP-001', 'pass'),
  row('APP-002', 'fail', {
    reason: 'over s2s: the tail: allowed 9007199254740993, came 9007199254740992',
    what: 'over s2s: the tail',
    asked: 'GET http://127.0.0.1:1/v1/streams/s/records/tail',
    allowed: '9007199254740993',
    came: '9007199254740992',
    transcript: ['> GET', '< 200'],
    curl: "curl -sSiNg --path-as-is 'http://127.0.0.1:1/v1/streams/s/records/tail'",
  }),
  row('APP-003', 'warn', { reason: 'slow' }),
  row('APP-004', 'expected', { reason: 'x', expectation: 'answers 400 (0.43.4)' }),
  row('APP-005', 'error', { reason: 'no connection' }),
  row('APP-008', 'inconclusive', { reason: 'no overlap', transcript: [] }),
  row('APP-009', 'inconclusive', { reason: 'the run ended before the check did' }),
  row('APP-006', 'not-applicable', { reason: 'needs metrics' }),
  row('APP-007', 'not-selected', { reason: 'takes 20 s' }),
]

const summary = summarize(results)
const result: RunResult = {
  suite: { name: 's2-conformance', version: '0.1.0' },
  target: { endpoint: 'http://127.0.0.1:1', profile: 'core', capabilities: ['basins'] },
  seed: 7,
  started: '2026-11-24T08:00:00.000Z',
  ms: 1234,
  summary,
  outcome: outcomeOf(summary, ['APP-001']),
  stale: ['APP-001'],
  notes: ['3 basins could not be deleted'],
  results,
}

describe('the outcome', () => {
  const none = summarize([])
  test.each([
    [{ pass: 1 }, [], 'conformant'],
    [{ pass: 1, warn: 1, expected: 1, 'not-applicable': 1, 'not-selected': 1 }, [], 'conformant'],
    [{ pass: 1, fail: 1, error: 1 }, [], 'not conformant'],
    [{ pass: 1 }, ['APP-001'], 'not conformant'],
    [{ pass: 1, error: 1 }, [], 'inconclusive'],
    [{ pass: 1, inconclusive: 1 }, [], 'inconclusive'],
    [{ 'not-applicable': 5 }, [], 'inconclusive'],
  ] as const)('%o, stale %o: %s', (counts, stale, outcome) => {
    expect(outcomeOf({ ...none, ...counts }, stale)).toBe(outcome)
  })
})

test('the terminal shows what needs eyes, a line each and then in detail, and the sums', () => {
  expect(terminal.render(result, { width: 80, colour: false })).toBe(
    `FAIL     APP-002    Title of APP-002: over s2s: the tail: allowed 9007199254740…
warn     APP-003    Title of APP-003: slow
expected APP-004    Title of APP-004: answers 400 (0.43.4)
ERROR    APP-005    Title of APP-005: no connection
unclear  APP-008    Title of APP-008: no overlap

APP-002 Title of APP-002 (MUST, core)
  what     over s2s: the tail
  asked    GET http://127.0.0.1:1/v1/streams/s/records/tail
  came     9007199254740992
  allowed  9007199254740993
  source   openapi
  curl     curl -sSiNg --path-as-is 'http://127.0.0.1:1/v1/streams/s/records/tail'

APP-005 Title of APP-005 (MUST, core)
  what     no connection
  source   openapi

APP-008 Title of APP-008 (MUST, core)
  what     no overlap
  source   openapi

stale    APP-001 passes: take it out of the expectations file
note     3 basins could not be deleted
s2-conformance 0.1.0, profile core, seed 7, 1.2 s
http://127.0.0.1:1: 1 passed, 1 failed, 1 failed as expected, 1 warned, 2 inconclusive, 1 errors, 1 not applicable, 1 not selected
NOT CONFORMANT
`,
  )
})

test('colour adds nothing but colour', () => {
  const coloured = terminal.render(result, { width: 80, colour: true })
  const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g')
  expect(coloured.replaceAll(escapes, '')).toBe(terminal.render(result, { width: 80, colour: false }))
})

test('JSON holds the whole result', () => {
  expect(JSON.parse(json.render(result))).toEqual(structuredClone(result))
})

test('64-bit integers stand bare in JSON', () => {
  const exact = { ...result, seed: 2n ** 64n - 1n } as unknown as RunResult
  expect(json.render(exact)).toContain('"seed": 18446744073709551615,')
})
