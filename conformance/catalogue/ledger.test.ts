import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RunResult } from '../../reports/result.ts'
import { requirements } from '../requirements/index.ts'
import { catalogue } from './catalogue.ts'
import { type JudgedRun, judgedRuns, keepVerdicts, PUBLISHED, parseJudged } from './judged.ts'
import { countLine, ledger } from './ledger.ts'

const published = resolve(import.meta.dirname, '../../reports/published')
const entries = ledger(requirements)

const run = (verdicts: JudgedRun['verdicts']): JudgedRun => ({
  name: 'one',
  profile: 'core',
  seed: 1,
  started: '2026-01-01T00:00:00Z',
  verdicts,
})

test('what is kept is what the published runs say', () => {
  const kept = PUBLISHED.map(([file, name]) => {
    const report = JSON.parse(readFileSync(join(published, `${file}.json`), 'utf8')) as RunResult
    return keepVerdicts(name, report)
  })
  expect(judgedRuns).toEqual(parseJudged(kept))
})

test('no row is only planned', () => {
  expect(entries.filter(({ state }) => state === 'planned').map(({ row }) => row.id)).toEqual([])
})

test('of the rows that bind every S2 at least 95 % are tested, and have been judged in a published run', () => {
  const core = entries.filter(({ row, state }) => row.tier === 'core' && state !== 'same-as')
  const tested = core.filter(({ state }) => state === 'tested')
  expect(tested.length / core.length).toBeGreaterThanOrEqual(0.95)
})

test('no published run found the reference server at fault', () => {
  const ours = judgedRuns.filter(({ name }) => name.startsWith('reference'))
  const faults = ours.flatMap(({ verdicts }) =>
    [...verdicts].filter(([, verdict]) => !['pass', 'not-applicable'].includes(verdict)),
  )
  expect(faults).toEqual([])
})

describe('the ledger', () => {
  const [row] = catalogue
  if (row === undefined) throw new Error('an empty catalogue')

  test.each([
    ['tested', 'pass'],
    ['tested', 'fail'],
    ['unjudged', 'not-applicable'],
    ['unjudged', 'inconclusive'],
  ] as const)('a row with a requirement is %s where a run came to %s', (state, verdict) => {
    const [entry] = ledger([{ id: row.id, on: ['s2s'] }], [run(new Map([[row.id, verdict]]))], [row])
    expect(entry).toEqual({
      row,
      state,
      transports: ['s2s'],
      verdicts: [{ run: 'one', verdict }],
      why: undefined,
    })
  })

  test('ends with one line of counts', () => {
    const one = ledger([{ id: row.id }], [run(new Map([[row.id, 'pass']]))], [row])
    expect(countLine(one)).toBe(
      '1 row: 1 tested, 0 same-as, 0 excluded, 0 disputed, 0 background, 0 unjudged, 0 planned; core: 1 of 1 tested, 100.0 %',
    )
  })
})

test.each([
  [{}, 'not an array of runs'],
  [[1], 'judged, run 1: not an object'],
  [[{ name: 'a', profile: 'b', started: 'c' }], 'needs a number "seed"'],
  [[{ name: 'a', profile: 'b', started: 'c', seed: 1, verdicts: { X: 'good' } }], 'X has the verdict "good"'],
])('%j is no such file', (value, message) => {
  expect(() => parseJudged(value)).toThrow(message)
})
