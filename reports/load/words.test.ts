import { expect, test } from 'vitest'
import { signed } from './comparison-words.ts'
import { render as loadToHtml } from './html.ts'
import { render as loadToMarkdown } from './markdown.ts'
import type { LoadResult } from './result.ts'
import { sample } from './testing/sample.ts'
import { loadToText } from './text.ts'
import { failureWords, integrityWords, percent, phaseWords, reasonsOf, untimedWords } from './words.ts'

test.each([
  [0.12, '12 %', '+12 %'],
  [0.0349, '3.5 %', '+3.5 %'],
  [0, '0 %', '+0 %'],
  [1, '100 %', '+100 %'],
  [-0.0349, '-3.5 %', '-3.5 %'],
])('a part of %d in percent', (part, text, withSign) => {
  expect([percent(part), signed(part)]).toEqual([text, withSign])
})

test('small parts are told to more digits where it is asked for, and one that nobody knows as such', () => {
  expect([percent(0.000_42, 2), percent(Number.NaN)]).toEqual(['0.04 %', 'unknown'])
})

test('a generator is said to have kept to its plan only where there was one', () => {
  const open: LoadResult = { ...sample, verdict: 'VALID', reasons: [] }
  expect(reasonsOf(open)).toEqual(['the generator kept to its plan'])
  const { plannedPerSecond, ...appends } = open.appends
  expect(plannedPerSecond).toBeGreaterThan(0)
  expect(reasonsOf({ ...open, appends })).toEqual(['nothing in the generator stood in the way'])
})

test('what failed is told beside the latencies that it is not in', () => {
  const { untimed, ...appends } = sample.appends
  expect(untimedWords({ appends })).toBeUndefined()
  const sentence = 'Response and service are of acknowledged appends: 1 other failed and is not in them.'
  expect([untimed, untimedWords(sample)]).toEqual([1, sentence])
  expect(loadToText(sample)).toContain(sentence)
  expect(untimedWords({ appends: { ...appends, untimed: 1200 } })).toContain(
    '1,200 others failed and are not in them',
  )
  expect(phaseWords({ seconds: 1, appends: 0, failed: 512 })).toBe('0.0 appends/s, 512 failed')
})

test('what failed is told with why, and without a colon where nothing says why', () => {
  const failed = { refused: 0, unknown: 0, unfinished: 1200, endings: {} }
  expect(failureWords(failed)).toBe('1,200 unfinished')
  expect(failureWords({ ...failed, refused: 2, endings: { '429 slow down': 2 } })).toBe(
    '2 refused, 1,200 unfinished: 2 × 429 slow down',
  )
  expect(failureWords({ ...failed, unfinished: 0 })).toBeUndefined()
})

test('that nothing was written is said as it is, and does not read as a success', () => {
  const integrity = { ...sample.integrity, verdict: 'verified', recordsRead: 0, violations: {} } as const
  const empty: LoadResult = { ...sample, integrity: { ...integrity, first: [], notes: [] } }
  const words = 'nothing was written, and there was nothing to verify'
  expect(integrityWords(empty.integrity)).toBe(words)
  expect(loadToText(empty)).toContain(`\nEMPTY      0 records read: ${words}\n`)
  for (const told of [loadToText(empty), loadToMarkdown(empty), loadToHtml(empty)]) {
    expect(told).toContain(words)
    expect(told.replace(/<style>.*<\/style>/s, '')).not.toMatch(/verified/i)
  }
})

test('the table of latencies has its columns below each other', () => {
  const table = loadToText(sample)
    .split('\n')
    .filter((line) => /^(latency, ms|response|service|end to end|check tail|schedule lag) /.test(line))
  expect(table).toHaveLength(6)
  expect(new Set(table.map((line) => line.length)).size).toBe(1)
})
