import { describe, expect, test } from 'vitest'
import { conformanceCiReport } from './ci-report.ts'
import { comparisonCiReport, loadCiReport } from './load/ci-report.ts'
import type { LoadComparison } from './load/comparison.ts'
import { sample as load } from './load/testing/sample.ts'
import type { RequirementResult } from './result.ts'
import { sample } from './testing/sample.ts'

describe('the report of a conformance run', () => {
  test('has an annotation for each failed row, with the counts as outputs', () => {
    const { annotations, outputs, summary } = conformanceCiReport(sample)
    const failed = sample.results.filter(({ verdict }) => verdict === 'fail' || verdict === 'error')
    const errors = annotations.filter(({ level }) => level === 'error')
    expect(errors.map(({ title }) => title.split(' ')[0])).toEqual([
      ...failed.map(({ id }) => id),
      ...sample.stale,
    ])
    const shown = failed.find(({ expected, actual }) => expected !== undefined && actual !== undefined)
    expect(
      errors
        .find(({ title }) => title.startsWith(`${shown?.id} `))
        ?.message.split('\n')
        .slice(1),
    ).toEqual([`expected: ${shown?.expected}`, `actual: ${shown?.actual}`])
    expect(outputs).toMatchObject({ verdict: sample.outcome, fail: String(sample.summary.fail) })
    expect(summary).toMatch(/^## /)
  })

  test('counts the rows beyond the ten that GitHub shows', () => {
    const [row] = sample.results
    const results = Array.from({ length: 14 }, (_, at): RequirementResult => {
      if (row === undefined) throw new Error('the sample has a row')
      return { ...row, id: `APP-1${at}`, verdict: 'fail' }
    })
    const { annotations } = conformanceCiReport({ ...sample, results, stale: [] })
    expect(annotations).toHaveLength(10)
    expect(annotations.at(-1)).toMatchObject({ level: 'error', title: '5 more' })
  })
})

describe('the report of a load', () => {
  test('annotates nothing where records and figures are right', () => {
    const { annotations, outputs } = loadCiReport({
      ...load,
      verdict: 'VALID',
      reasons: [],
      integrity: { ...load.integrity, verdict: 'verified' },
    })
    expect(annotations).toEqual([])
    expect(outputs).toMatchObject({ verdict: 'VALID', records: 'verified' })
  })
})

const bounded = (value: number) => ({ value, low: value, high: value })
const comparison: LoadComparison = {
  format: 's2-load-comparison',
  version: 1,
  tool: 's2-load',
  started: '2026-12-03T00:00:00Z',
  workload: {},
  summary: 'a | b',
  base: { label: './a', machines: [], rounds: 4 },
  head: { label: './b', machines: [], rounds: 4 },
  blocks: 'launches',
  minEffect: 0.05,
  confidence: 0.99,
  seed: 1,
  outcome: 'regression',
  reasons: ['response-p50 regressed'],
  notes: [],
  metrics: [
    {
      name: 'response-p50',
      unit: 'µs',
      better: 'smaller',
      isRequired: true,
      base: bounded(1000),
      head: bounded(1200),
      change: bounded(0.2),
      decision: 'regressed',
    },
  ],
  rounds: [],
}

describe('the report of a comparison', () => {
  test('has an error for the outcome and each regression, and a table', () => {
    const { annotations, outputs, summary } = comparisonCiReport(comparison)
    expect(annotations.map(({ level, title }) => [level, title])).toEqual([
      ['error', 'Load gate: regression'],
      ['error', 'response-p50'],
    ])
    expect(outputs).toEqual({ verdict: 'regression', regressed: 'response-p50' })
    expect(summary).toContain('## ❌ Load gate: a regression, found and confirmed')
    expect(summary).toContain('a \\| b')
    expect(summary).toMatch(/^\| \*\*response-p50\*\* \| 1\.000 ms \| 1\.200 ms \| \+20 % \|/m)
  })

  test('warns where nothing could be decided, and is silent where nothing regressed', () => {
    const levels = (outcome: LoadComparison['outcome']) =>
      comparisonCiReport({ ...comparison, outcome, metrics: [] }).annotations.map(({ level }) => level)
    expect(levels('too-noisy')).toEqual(['warning'])
    expect(levels('no-regression')).toEqual([])
  })
})
