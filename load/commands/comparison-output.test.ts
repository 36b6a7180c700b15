import { expect, test } from 'vitest'
import { quietIo } from '../../kit/testing/quiet-io.ts'
import {
  COMPARISON_OUTCOMES,
  type ComparisonOutcome,
  type LoadComparison,
} from '../../reports/load/comparison.ts'
import { EXIT_CODES, reportComparison } from './comparison-output.ts'

const comparisonOf = (outcome: ComparisonOutcome): LoadComparison => ({
  format: 's2-load-comparison',
  version: 1,
  tool: '',
  started: '',
  workload: {},
  summary: '',
  base: { label: '', machines: [], rounds: 0 },
  head: { label: '', machines: [], rounds: 0 },
  blocks: '',
  minEffect: 0.05,
  confidence: 0.99,
  seed: 1,
  outcome,
  reasons: [],
  notes: [],
  metrics: [],
  rounds: [],
})

const CODES = [
  ['no-regression', 0],
  ['regression', 1],
  ['violation', 1],
  ['too-noisy', 3],
  ['invalid', 3],
  ['interrupted', 3],
] as const

test.each(CODES)('the exit code of %s is %i', async (outcome, code) => {
  expect(await reportComparison(comparisonOf(outcome), [], quietIo)).toBe(code)
})

test('there is one for every outcome', () => {
  expect(Object.keys(EXIT_CODES).toSorted()).toEqual(COMPARISON_OUTCOMES.toSorted())
  expect(Object.fromEntries(CODES)).toEqual(EXIT_CODES)
})

test('a comparison of which a file could not be written is not told to be well', async () => {
  const files = [{ count: 1, write: () => Promise.resolve(false) }]
  expect(await reportComparison(comparisonOf('no-regression'), files, quietIo)).toBe(3)
})
