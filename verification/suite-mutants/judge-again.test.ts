import { expect, test } from 'vitest'
import { requirements } from '../../conformance/requirements/index.ts'
import type { Verdict } from '../../reports/result.ts'
import { judgeAgain, linesOfAgain } from './judge-again.ts'

/** Judges rows by verdicts that are given in turn. */
function judging(verdicts: Readonly<Record<string, readonly Verdict[]>>) {
  const judged: string[][] = []
  const rows = requirements.filter(({ id }) => id in verdicts)
  const trial = judgeAgain(rows, async (some) => {
    const ids = some.map(({ id }) => id)
    judged.push(ids)
    return ids.map((id) => ({
      id,
      verdict: verdicts[id]?.[judged.filter((each) => each.includes(id)).length - 1] ?? 'error',
      reason: `run ${judged.length}`,
    }))
  })
  return { trial, judged }
}

test('an inconclusive row is judged once more, alone, and both verdicts are printed', async () => {
  const { trial, judged } = judging({
    'TAIL-003': ['inconclusive', 'pass'],
    'READ-004': ['pass'],
    'APP-001': ['inconclusive', 'inconclusive'],
  })
  const { results, again = [] } = await trial
  expect(judged).toHaveLength(3)
  expect(judged.slice(1).every((ids) => ids.length === 1)).toBe(true)
  expect(new Map(results.map(({ id, verdict }) => [id, verdict]))).toEqual(
    new Map([
      ['APP-001', 'inconclusive'],
      ['READ-004', 'pass'],
      ['TAIL-003', 'pass'],
    ]),
  )
  expect(linesOfAgain({ results, again }).toSorted()).toEqual([
    '  again: APP-001 was inconclusive (run 1); alone: inconclusive',
    '  again: TAIL-003 was inconclusive (run 1); alone: pass',
  ])
})

test('a row in error is judged once more, too', async () => {
  const { trial } = judging({ 'APP-001': ['error', 'fail'] })
  const judged = await trial
  expect(judged.results).toMatchObject([{ id: 'APP-001', verdict: 'fail' }])
  expect(linesOfAgain(judged)).toEqual(['  again: APP-001 was error (run 1); alone: fail'])
})

test('a row that failed is not judged again', async () => {
  const { trial, judged } = judging({ 'APP-001': ['fail'], 'READ-004': ['pass'] })
  expect((await trial).again).toEqual([])
  expect(judged).toHaveLength(1)
})
