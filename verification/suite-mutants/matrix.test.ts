import { describe, expect, test } from 'vitest'
import type { Verdict } from '../../reports/result.ts'
import { accusationsOf, countOf, judgeDefect, type Matrix } from './matrix.ts'
import { renderCount, renderEntry, renderHealthy } from './render.ts'
import type { Trial } from './trial.ts'

const trial = (verdicts: Readonly<Record<string, Verdict>>, firings = 1): Trial => ({
  results: Object.entries(verdicts).map(([id, verdict]) => ({ id, verdict })),
  firings,
})

const healthy = trial({ A: 'pass', B: 'pass', X: 'pass' }, 0)
const defect = { name: 'some-defect', kills: ['A', 'B'] } as const

describe('a defect', () => {
  test('is killed when every row that claims it blames the server', () => {
    const entry = judgeDefect(defect, healthy, trial({ A: 'fail', B: 'warn', X: 'pass' }, 7))
    expect(entry).toMatchObject({ fate: 'killed', firings: 7, noticedBy: [], unnoticedBy: ['X'] })
  })

  test.each(['pass', 'inconclusive', 'error', 'not-applicable'] as const)(
    'survives a row that says %s',
    (verdict) => {
      const entry = judgeDefect(defect, healthy, trial({ A: 'fail', B: verdict, X: 'fail' }))
      expect(entry).toMatchObject({ fate: 'survived', noticedBy: ['X'] })
      expect(entry.claims).toEqual([
        { id: 'A', verdict: 'fail', kills: true },
        { id: 'B', verdict, kills: false },
      ])
    },
  )

  test('survives when its rows are not run', () => {
    expect(judgeDefect(defect, healthy, trial({ X: 'fail' })).fate).toBe('survived')
  })

  test('is not killed by a row that accuses the healthy server too', () => {
    const accused = trial({ A: 'pass', B: 'fail', X: 'pass' }, 0)
    expect(judgeDefect(defect, accused, trial({ A: 'fail', B: 'fail' })).fate).toBe('survived')
  })

  test('that never fired is void, whatever the rows say', () => {
    expect(judgeDefect(defect, healthy, trial({ A: 'fail', B: 'fail' }, 0)).fate).toBe('void')
  })
})

describe('the count', () => {
  const killed = judgeDefect(defect, healthy, trial({ A: 'fail', B: 'fail' }))
  const survived = judgeDefect(defect, healthy, trial({ A: 'pass', B: 'fail' }))
  const unfired = judgeDefect(defect, healthy, trial({ A: 'fail', B: 'fail' }, 0))
  const matrix: Matrix = { accusations: [], canary: killed, entries: [killed, killed] }

  test('has one for each defect, the canary and the healthy server', () => {
    expect(countOf(matrix)).toEqual({ passed: 4, failed: 0 })
  })
  test('fails for a defect that survives or never fired', () => {
    expect(countOf({ ...matrix, entries: [killed, survived, unfired] })).toEqual({ passed: 3, failed: 2 })
  })
  test('fails for a healthy server that is accused', () => {
    expect(countOf({ ...matrix, accusations: [{ id: 'X', verdict: 'fail' }] })).toEqual({
      passed: 3,
      failed: 1,
    })
  })
  test.each([['survived', survived] as const, ['void', unfired] as const])(
    'of a run whose canary is %s has no defect that passed',
    (_, canary) => {
      expect(countOf({ ...matrix, canary })).toEqual({ passed: 1, failed: 3 })
    },
  )
})

test.each(['fail', 'warn', 'error', 'inconclusive', 'not-applicable'] as const)(
  'whatever is no pass accuses the healthy server: %s',
  (verdict) => {
    expect(accusationsOf(trial({ A: 'pass', B: verdict }))).toEqual([{ id: 'B', verdict }])
  },
)

test('the matrix as it is printed', () => {
  const killed = judgeDefect(defect, healthy, trial({ A: 'fail', B: 'fail', X: 'pass' }, 12))
  const weak = judgeDefect({ ...defect, name: 'weak' }, healthy, trial({ A: 'fail', B: 'pass', X: 'fail' }))
  const unseen = judgeDefect({ ...defect, name: 'unseen' }, healthy, trial({ A: 'pass', B: 'error' }, 0))
  const lines = [
    renderHealthy(healthy),
    ...[killed, weak, unseen].map((entry) => renderEntry(entry, 11)),
    renderCount({ accusations: [], canary: killed, entries: [weak, unseen] }),
  ]
  expect(lines.join('\n')).toBe(
    `healthy   3 requirements pass
killed    some-defect  fired   12  by A B; beside them 0 of 1
SURVIVED  weak         fired    1  by A; claims in vain: B (pass); beside them 1 of 1
VOID      unseen       fired    0  by none; claims in vain: A (pass) B (error); beside them 0 of 0
2 passed, 2 failed`,
  )
})

test('an accused healthy server and a canary that lives are told in words', () => {
  const results: Trial['results'] = [
    { id: 'A', verdict: 'pass' },
    { id: 'B', verdict: 'fail', reason: 'came 2' },
  ]
  expect(renderHealthy({ results, firings: 0 })).toBe(`ACCUSED   1 of 2 requirements do not pass:
  B fail: came 2`)
  const unfired = judgeDefect(defect, healthy, trial({}, 0))
  expect(
    renderCount({ accusations: [], canary: unfired, entries: [] }),
  ).toBe(`the canary lives: the run is void
1 passed, 1 failed`)
})
