import { describe, expect, test } from 'vitest'
import type { RequirementResult, Verdict } from '../../reports/result.ts'
import { applyExpectations, committedExpectations, parseExpectations } from './expectations.ts'

const known = new Set(['APP-001', 'APP-002', 'APP-003'])
const entry = { id: 'APP-001', reason: 'answers 400', version: '0.43.4' }

const result = (id: string, verdict: Verdict): RequirementResult => ({
  id,
  title: id,
  statement: '',
  level: 'MUST',
  tier: 'core',
  verdict,
  source: '',
  ms: 1,
  transports: ['json'],
  observations: [],
})

describe('an expectations file', () => {
  test('is read', () => {
    const text = JSON.stringify({ entries: [{ ...entry, transcript: ['> GET', '< 400'] }] })
    expect(parseExpectations(text, 'f', known)).toEqual({
      entries: [{ ...entry, transcript: ['> GET', '< 400'] }],
    })
  })
  test.each([
    ['nonsense', 'f is not JSON'],
    ['[]', 'f: it is not an object'],
    ['{}', 'f: entries is missing'],
    ['{"entries":[1]}', 'f: entries[0] is not an object'],
    ['{"entries":[{"id":"APP-001"}]}', 'f: entries[0].reason is missing'],
    [JSON.stringify({ entries: [{ ...entry, id: 'APP-999' }] }), 'f: there is no requirement APP-999'],
    [JSON.stringify({ entries: [entry, entry] }), 'f has more than one entry for APP-001'],
    [JSON.stringify({ entries: [{ ...entry, version: '' }] }), 'f: entries[0].version is empty'],
    [JSON.stringify({ entries: [{ ...entry, sometimes: 'yes' }] }), 'f: entries[0].sometimes is not true'],
    [
      JSON.stringify({ entries: [{ ...entry, transcript: [1] }] }),
      'f: entries[0].transcript[0] is not a text',
    ],
    [
      JSON.stringify({ entries: [{ ...entry, came: '' }] }),
      'f: entries[0] has a field "came", which is not known',
    ],
  ])('%s is refused', (text, message) => {
    expect(() => parseExpectations(text, 'f', known)).toThrow(message)
  })
})

test('what is expected to fail is counted apart, and stale when it passes', () => {
  const entries = [entry, { ...entry, id: 'APP-002' }, { ...entry, id: 'APP-003' }]
  const { results, stale } = applyExpectations(
    [
      result('APP-001', 'fail'),
      result('APP-002', 'pass'),
      result('APP-003', 'inconclusive'),
      result('APP-004', 'fail'),
    ],
    { entries },
  )
  expect(results.map(({ verdict }) => verdict)).toEqual(['expected', 'pass', 'inconclusive', 'fail'])
  expect(results[0]?.expectation).toBe('answers 400 (0.43.4)')
  expect(stale).toEqual(['APP-002'])
})

test('a race that a run may miss is expected when it is met, and not stale when it is not', () => {
  const { entries } = parseExpectations(
    JSON.stringify({ entries: [{ ...entry, sometimes: true }] }),
    'f',
    known,
  )
  const met = applyExpectations([result('APP-001', 'fail')], { entries })
  const missed = applyExpectations([result('APP-001', 'pass')], { entries })
  expect([met.results[0]?.verdict, met.stale]).toEqual(['expected', []])
  expect([missed.results[0]?.verdict, missed.stale]).toEqual(['pass', []])
})

test('the committed expectations can be read', async () => {
  const { requirements } = await import('../requirements/index.ts')
  const { entries } = await committedExpectations(new Set(requirements.map(({ id }) => id)))
  for (const { reason } of entries) expect(reason.length).toBeGreaterThan(20)
})

describe('the expression of an entry', () => {
  const { entries } = parseExpectations(
    JSON.stringify({ entries: [{ ...entry, matches: '40[49] ' }] }),
    'f',
    known,
  )
  const broken = (reason: string): RequirementResult => ({ ...result('APP-001', 'fail'), reason })

  test('forgives a failure that it matches, and no other', () => {
    const verdictOf = (reason: string): Verdict | undefined =>
      applyExpectations([broken(reason)], { entries }).results[0]?.verdict
    expect(verdictOf('the answer: expected 200, actual 404 not_found')).toBe('expected')
    expect(verdictOf('the answer: expected 200, actual 500 internal')).toBe('fail')
  })
  test('is a regular expression', () => {
    const text = JSON.stringify({ entries: [{ ...entry, matches: '(' }] })
    expect(() => parseExpectations(text, 'f', known)).toThrow(
      'f: entries[0].matches is not a regular expression',
    )
  })
})
