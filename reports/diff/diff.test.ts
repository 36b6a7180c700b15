import { describe, expect, test } from 'vitest'
import * as json from '../json.ts'
import type { Verdict } from '../result.ts'
import { resultOf, row, sample } from '../testing/sample.ts'
import { type Change, type Comparison, compare, findingOf } from './compare.ts'
import { ReportError, readReport } from './read.ts'
import { renderJson, renderMarkdown, renderText } from './render.ts'

const report = (...rows: Parameters<typeof row>[]) =>
  readReport(json.render(resultOf(rows.map((each) => row(...each)))))

const verdict = (verdict: Verdict) =>
  report(['APP-001', verdict, verdict === 'pass' ? {} : { reason: 'why' }])

describe('a row', () => {
  test.each<readonly [Verdict, Verdict, Change | undefined]>([
    ['pass', 'pass', undefined],
    ['pass', 'fail', 'regressed'],
    ['pass', 'warn', 'regressed'],
    ['expected', 'fail', 'regressed'],
    ['inconclusive', 'fail', 'regressed'],
    ['not-selected', 'fail', 'regressed'],
    ['not-applicable', 'fail', 'regressed'],
    ['fail', 'pass', 'fixed'],
    ['fail', 'expected', 'fixed'],
    ['warn', 'pass', 'fixed'],
    ['inconclusive', 'pass', 'fixed'],
    ['error', 'pass', 'fixed'],
    ['inconclusive', 'warn', 'newly judged'],
    ['error', 'expected', 'newly judged'],
    ['fail', 'fail', undefined],
    ['warn', 'expected', undefined],
    ['pass', 'inconclusive', 'newly inconclusive'],
    ['fail', 'error', 'newly inconclusive'],
    ['not-selected', 'inconclusive', 'newly inconclusive'],
    ['pass', 'not-run', 'newly inconclusive'],
    ['inconclusive', 'error', undefined],
    ['pass', 'not-selected', 'no longer judged'],
    ['fail', 'not-applicable', 'no longer judged'],
    ['error', 'not-selected', 'no longer judged'],
    ['not-selected', 'not-applicable', undefined],
    ['not-selected', 'pass', 'newly judged'],
  ])('from %s to %s: %s', (before, after, change) => {
    const { rows, unchanged } = compare(verdict(before), verdict(after))
    expect(rows.map((each) => each.change)).toEqual(change === undefined ? [] : [change])
    expect(unchanged).toBe(change === undefined ? 1 : 0)
  })

  test('that is not in both is new or gone; a new one that fails is no better than one that fails now', () => {
    const before = report(['APP-001', 'pass'])
    const after = report(['APP-002', 'pass'], ['APP-003', 'fail', { reason: 'why' }])
    expect(compare(before, after).rows.map(({ id, change }) => [id, change])).toEqual([
      ['APP-003', 'regressed'],
      ['APP-001', 'gone'],
      ['APP-002', 'new'],
    ])
  })

  test.each<Verdict>(['error', 'inconclusive', 'not-run'])('that is new and %s decides nothing', (open) => {
    const changes = compare(report(), verdict(open))
    expect(changes.rows.map(({ change }) => change)).toEqual(['newly inconclusive'])
    expect(findingOf(changes)).toBe('not known')
  })

  test('fails otherwise where its reason differs in more than names and ports', () => {
    const failing = (reason: string) => report(['APP-001', 'fail', { reason }])
    const changes = (one: string, other: string) =>
      compare(failing(one), failing(other)).rows.map(({ change }) => change)
    expect(changes('s2c-aaaaaa-1 at http://127.0.0.1:1', 's2c-bbbbbb-7 at http://127.0.0.1:2')).toEqual([])
    expect(changes('actual 500', 'actual 503')).toEqual(['fails otherwise'])
  })

  test('that says something else now is told beside its verdict', () => {
    const { rows } = compare(
      report(['APP-001', 'pass', { statement: 'so' }]),
      report(['APP-001', 'fail', { statement: 'otherwise', reason: 'why' }]),
    )
    expect(rows.map(({ change }) => change)).toEqual(['regressed', 'reworded'])
  })
})

describe('the finding', () => {
  const of = (...changes: readonly Change[]): string =>
    findingOf({
      before: '',
      after: '',
      unchanged: 0,
      rows: changes.map((change) => ({ id: 'A', title: '', change })),
    })
  test.each<readonly [readonly Change[], string]>([
    [[], 'no worse'],
    [['fixed', 'new', 'newly judged', 'reworded', 'fails otherwise'], 'no worse'],
    [['fixed', 'gone'], 'not known'],
    [['newly inconclusive'], 'not known'],
    [['no longer judged'], 'not known'],
    [['gone', 'regressed'], 'worse'],
  ])('of %j: %s', (changes, finding) => {
    expect(of(...changes)).toBe(finding)
  })
})

describe('a report', () => {
  test('of this format is read', () => {
    const read = readReport(json.render(sample))
    expect(read.rows.size).toBe(sample.results.length)
    expect(read.about).toBe(
      's2-conformance 0.1.0, profile core, http://127.0.0.1:1, 2026-11-24T08:00:00.000Z',
    )
  })
  test('of format 1 has the reason of a report of format 2', () => {
    const parts = { what: 'the tail', allowed: '1', came: '2', reason: 'the tail: allowed 1, came 2' }
    const old = { format: 1, results: [{ id: 'A-1', verdict: 'fail', ...parts }] }
    expect(readReport(JSON.stringify(old)).rows.get('A-1')?.reason).toBe('the tail: expected 1, actual 2')
  })
  test('from before formats were numbered is read', () => {
    expect(readReport('{"results":[{"id":"A-1","verdict":"pass"}]}').rows.get('A-1')?.verdict).toBe('pass')
  })
  test.each([
    ['{', 'it is not JSON'],
    ['[]', 'it has no array "results"'],
    ['{"format":3,"results":[]}', 'it has format 3; this version reads the formats 1 and 2'],
    ['{"results":[1]}', 'result 1 is no object'],
    ['{"results":[{"id":"A-1","verdict":"fine"}]}', 'result 1 lacks its id or a verdict that is known'],
  ])('%s is none', (text, message) => {
    expect(() => readReport(text)).toThrow(ReportError)
    expect(() => readReport(text)).toThrow(message)
  })
})

describe('a comparison', () => {
  const comparison: Comparison = compare(
    report(
      ['APP-001', 'pass'],
      ['APP-002', 'fail', { reason: 'x' }],
      ['APP-003', 'pass'],
      ['APP-004', 'pass'],
    ),
    report(
      ['APP-001', 'fail', { reason: 'expected 200, actual <b>|' }],
      ['APP-002', 'pass'],
      ['APP-003', 'inconclusive', { reason: 'no overlap' }],
      ['APP-005', 'pass'],
    ),
  )
  test('as text', () => {
    expect(renderText(comparison)).toMatchInlineSnapshot(`
      "regressed (1)
        APP-001    pass → fail  Title of APP-001: expected 200, actual <b>|

      newly inconclusive (1)
        APP-003    pass → inconclusive  Title of APP-003: no overlap

      gone (1)
        APP-004    pass → –  Title of APP-004

      fixed (1)
        APP-002    fail → pass  Title of APP-002

      new (1)
        APP-005    – → pass  Title of APP-005

      before  s2-conformance 0.1.0, profile core, http://127.0.0.1:1, 2026-11-24T08:00:00.000Z
      after   s2-conformance 0.1.0, profile core, http://127.0.0.1:1, 2026-11-24T08:00:00.000Z
      1 regressed, 1 newly inconclusive, 1 gone, 1 fixed, 1 new, 0 unchanged
      WORSE
      "
    `)
  })
  test('as Markdown', () => {
    expect(renderMarkdown(comparison)).toMatchInlineSnapshot(`
      "## ❌ Worse

      1 regressed, 1 newly inconclusive, 1 gone, 1 fixed, 1 new, 0 unchanged

      **regressed** (1)

      | row | verdict | |
      |---|---|---|
      | APP-001 Title of APP-001 | pass → fail | expected 200, actual &lt;b&gt;\\| |

      **newly inconclusive** (1)

      | row | verdict | |
      |---|---|---|
      | APP-003 Title of APP-003 | pass → inconclusive | no overlap |

      **gone** (1)

      | row | verdict | |
      |---|---|---|
      | APP-004 Title of APP-004 | pass → – |  |

      **fixed** (1)

      | row | verdict | |
      |---|---|---|
      | APP-002 Title of APP-002 | fail → pass |  |

      **new** (1)

      | row | verdict | |
      |---|---|---|
      | APP-005 Title of APP-005 | – → pass |  |

      <sub>before: s2-conformance 0.1.0, profile core, \`http://127.0.0.1:1,\` 2026-11-24T08:00:00.000Z<br>after: s2-conformance 0.1.0, profile core, \`http://127.0.0.1:1,\` 2026-11-24T08:00:00.000Z</sub>
      "
    `)
  })
  test('as JSON', () => {
    expect(JSON.parse(renderJson(comparison))).toMatchObject({
      finding: 'worse',
      counts: { regressed: 1, fixed: 1, 'newly inconclusive': 1, new: 1, gone: 1, reworded: 0 },
      unchanged: 0,
    })
  })
})
