import { outcomeOf, type RequirementResult, type RunResult, summarize, type Verdict } from '../result.ts'
import type { Timeline } from '../timeline.ts'

export const row = (
  id: string,
  verdict: Verdict,
  more: Partial<Omit<RequirementResult, 'id' | 'verdict'>> = {},
): RequirementResult => ({
  id,
  title: `Title of ${id}`,
  statement: `What ${id} says must hold.`,
  level: 'MUST',
  tier: 'core',
  verdict,
  source: 'openapi',
  ms: 5,
  transports: ['json'],
  observations: [],
  ...more,
})

export const timeline: Timeline = {
  title: 'stale-tail: a tail of 3 after 5 was acknowledged',
  operations: [
    {
      id: 1,
      client: '0',
      begin: 1,
      end: 3.5,
      label: 'append 2 records',
      outcome: '3 to 5',
      isEvidence: true,
    },
    { id: 2, client: '1', begin: 2, label: 'append 1 record', outcome: 'unknown', isEvidence: false },
    { id: 3, client: '1', begin: 4, end: 6, label: 'tail', outcome: '3', isEvidence: true },
  ],
}

/** One row of every verdict, and of every part that a row can have. */
export const results: readonly RequirementResult[] = [
  row('APP-001', 'pass', {
    observations: ['status 201'],
    traffic: { requests: 3, sent: 10, received: 200 },
  }),
  row('APP-002', 'fail', {
    reason: 'over s2s: the tail: expected 9007199254740993, actual 9007199254740992',
    subject: 'over s2s: the tail',
    request: 'GET http://127.0.0.1:1/v1/streams/s/records/tail',
    expected: '9007199254740993',
    actual: '9007199254740992',
    transcript: ['> GET', '< 200'],
    curl: "curl -sSiNg --path-as-is 'http://127.0.0.1:1/v1/streams/s/records/tail'",
    files: ['/tmp/APP-002-json-replay.json'],
    timelines: [timeline],
  }),
  row('APP-003', 'warn', { level: 'SHOULD', reason: 'slow' }),
  row('APP-004', 'expected', { reason: 'x', expectation: 'answers 400 (0.43.4)' }),
  row('APP-005', 'error', { reason: 'no connection' }),
  row('APP-008', 'inconclusive', { reason: 'no overlap', transcript: [] }),
  row('APP-010', 'not-run', { reason: 'the run ended before the check began' }),
  row('CP-BAS-006', 'not-applicable', { reason: 'needs metrics' }),
  row('CP-BAS-007', 'not-selected', { reason: 'takes 20 s' }),
]

/** The result of a run with these rows. */
export function resultOf(rows: readonly RequirementResult[], more: Partial<RunResult> = {}): RunResult {
  const summary = summarize(rows)
  const { stale = [] } = more
  return {
    format: 2,
    suite: { name: 's2-conformance', version: '0.1.0' },
    target: {
      endpoint: 'http://127.0.0.1:1',
      profile: 'core',
      implementation: 'an-s2/1',
      capabilities: ['basins'],
      options: '--endpoint http://127.0.0.1:1',
    },
    seed: 7,
    started: '2026-11-24T08:00:00.000Z',
    ms: 1234,
    summary,
    outcome: outcomeOf(summary, stale),
    stale: [],
    notes: [],
    traffic: { requests: 12, sent: 345, received: 6789 },
    areas: [
      { id: 'APP', title: 'Append' },
      { id: 'CP-BAS', title: 'Basins' },
    ],
    results: rows,
    ...more,
  }
}

export const sample: RunResult = resultOf(results, {
  stale: ['APP-001'],
  notes: ['3 basins could not be deleted'],
})
