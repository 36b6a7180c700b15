import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import * as badge from './badge.ts'
import * as ctrf from './ctrf.ts'
import * as html from './html.ts'
import * as junit from './junit.ts'
import * as markdown from './markdown.ts'
import { holdable, markup } from './markup.ts'
import { type RequirementResult, type RunResult, VERDICTS } from './result.ts'
import { stable } from './stable.ts'
import { resultOf, results, row, sample, timeline } from './testing/sample.ts'

/** Everything that a text format could trip over. */
const hostile = `<b a="1">&amp;</b> ]]> \u0000\u001b[31m \ud800 \`\`\`\` | * _x_ \n# heading`
const hostileRow = row('APP-012', 'fail', {
  title: hostile,
  statement: hostile,
  reason: hostile,
  transcript: [hostile],
  curl: hostile,
})

describe('markup', () => {
  test('escapes what is filled in, and joins lists', () => {
    expect(markup`<a b="${'"<'}">${[1, markup`<c/>`, undefined, '&']}</a>`.text).toBe(
      '<a b="&quot;&lt;">1<c/>&amp;</a>',
    )
  })
})

describe('JUnit', () => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
    isArray: (name) => ['testsuite', 'testcase'].includes(name),
  })
  const read = (result: RunResult) => {
    const text = junit.render(result)
    expect(XMLValidator.validate(text)).toBe(true)
    return parser.parse(text).testsuites
  }

  test('has a suite for each area, a case for each row, and one for what no row shows', () => {
    const suites = read(sample)
    expect(suites).toMatchObject({ tests: '11', failures: '2', errors: '3', skipped: '4', time: '1.234' })
    const names = suites.testsuite.map((suite: { name: string; tests: string }) => [suite.name, suite.tests])
    expect(names).toEqual([
      ['Append', '7'],
      ['Basins', '2'],
      ['The run', '2'],
    ])
  })

  test.each([
    ['pass', undefined],
    ['warn', undefined],
    ['fail', 'failure'],
    ['error', 'error'],
    ['inconclusive', 'error'],
    ['expected', 'skipped'],
    ['not-applicable', 'skipped'],
    ['not-run', 'skipped'],
    ['not-selected', 'skipped'],
  ] as const)('tells %s by %s', (verdict, element) => {
    const [one] = read(resultOf([row('APP-001', verdict, { reason: 'why' })])).testsuite[0].testcase
    for (const name of ['failure', 'error', 'skipped']) expect(name in one, name).toBe(name === element)
    if (element !== undefined) expect(one[element].message).toContain('why')
  })

  test.each([
    ['stale', resultOf([row('APP-001', 'pass')], { stale: ['APP-001'] }), { failures: '1', errors: '0' }],
    [
      'not run',
      resultOf([row('APP-001', 'pass'), row('APP-002', 'not-run', { reason: 'x' })]),
      { failures: '0', errors: '1' },
    ],
    [
      'inconclusive by a note alone',
      resultOf([row('APP-001', 'pass')], { outcome: 'inconclusive' }),
      { failures: '0', errors: '1' },
    ],
    ['conformant', resultOf([row('APP-001', 'pass')]), { failures: '0', errors: '0' }],
  ])('is red where the exit code is not 0: %s', (_, result, expected) => {
    expect(read(result)).toMatchObject(expected)
  })

  test('is XML whatever came', () => {
    const [one] = read(resultOf([hostileRow])).testsuite[0].testcase
    expect(one.failure.message).toContain('<b a="1">&amp;</b> ]]>')
  })
})

describe('Markdown', () => {
  test('says the verdict, the counts, and folds what needs eyes', () => {
    expect(markdown.render(sample)).toMatchInlineSnapshot(`
      "## ❌ Not conformant

      \`http://127.0.0.1:1\` (an-s2/1): s2-conformance 0.1.0, profile core, seed 7, 1.2 s

      | ✅ passed | ❌ failed | ☑️ failed as expected | ⚠️ warned | ❔ inconclusive | 💥 error | ➖ not applicable | ⏹️ not run | ⏭️ not selected |
      | --: | --: | --: | --: | --: | --: | --: | --: | --: |
      | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 |

      - ❌ **stale** APP-001 passes: take it out of the expectations file

      - 3 basins could not be deleted

      <details><summary>❌ <b>APP-002</b> Title of APP-002 (MUST, core): over s2s: the tail</summary>

      > What APP-002 says must hold.

      - request \`GET http://127.0.0.1:1/v1/streams/s/records/tail\`
      - actual \`9007199254740992\`
      - expected \`9007199254740993\`

      \`\`\`text
      client 0   ├───────────┤··········· append 2 records -> 3 to 5  [0.000 to 2.500 ms]
      client 1   ··············├────────┤ tail -> 3  [3.000 to 5.000 ms]
      \`\`\`

      \`\`\`sh
      curl -sSiNg --path-as-is 'http://127.0.0.1:1/v1/streams/s/records/tail'
      s2-conformance replay /tmp/APP-002-json-replay.json --endpoint http://127.0.0.1:1
      s2-conformance run APP-002 --endpoint http://127.0.0.1:1 --seed 7
      \`\`\`

      \`\`\`text
      > GET
      < 200
      \`\`\`

      </details>

      <details><summary>💥 <b>APP-005</b> Title of APP-005 (MUST, core): no connection</summary>

      > What APP-005 says must hold.

      \`\`\`sh
      s2-conformance run APP-005 --endpoint http://127.0.0.1:1 --seed 7
      \`\`\`

      </details>

      <details><summary>❔ <b>APP-008</b> Title of APP-008 (MUST, core): no overlap</summary>

      > What APP-008 says must hold.

      \`\`\`sh
      s2-conformance run APP-008 --endpoint http://127.0.0.1:1 --seed 7
      \`\`\`

      </details>

      - ⚠️ **APP-003** Title of APP-003: slow\\
        \`s2-conformance run APP-003 --endpoint http://127.0.0.1:1 --seed 7\`
      - ☑️ **APP-004** Title of APP-004: answers 400 \\(0.43.4\\)\\
        \`s2-conformance run APP-004 --endpoint http://127.0.0.1:1 --seed 7\`

      "
    `)
  })

  test('takes nothing that came for Markdown', () => {
    const text = markdown.render(resultOf([hostileRow]))
    const outside = text.replace(/^(`{3,})\w+\n.*?\n\1$/gms, '')
    expect(outside).not.toMatch(/^# heading|<b a=/m)
    expect(outside).toContain('\\_x\\_')
    expect(text).toContain(`\`\`\`\`\`text\n${holdable(hostile)}\n\`\`\`\`\``)
  })

  test('tells of so many rows and no more', () => {
    const many = Array.from({ length: 50 }, (_, index) => row(`APP-${index}`, 'fail', { reason: 'no' }))
    const text = markdown.render(resultOf(many))
    expect(text.match(/<details>/g)).toHaveLength(40)
    expect(text).toContain('… and 10 more')
  })
})

describe('the badge', () => {
  test.each([
    [resultOf([row('APP-001', 'pass')]), { message: 'conformant, 1 passed', color: 'brightgreen' }],
    [resultOf(results), { message: '1 failed', color: 'red' }],
    [resultOf([row('APP-001', 'pass')], { stale: ['APP-001'] }), { message: '1 stale', color: 'red' }],
    [resultOf([]), { message: 'inconclusive', color: 'yellow' }],
  ])('%#', (result, expected) => {
    expect(JSON.parse(badge.renderEndpoint(result))).toEqual({
      schemaVersion: 1,
      label: 'S2 core',
      ...expected,
    })
    expect(XMLValidator.validate(badge.renderSvg(result))).toBe(true)
    expect(badge.renderSvg(result)).toContain(`aria-label="S2 core: ${expected.message}"`)
  })

  test.each([
    ['takes 5 s, and --quick waits for nothing', 'S2 core, quick'],
    ['not among --only', 'S2 core, selected rows'],
    ['takes 40 s: run with --all', 'S2 core'],
  ])('names the part of a profile that a run was limited to: %s', (reason, label) => {
    const result = resultOf([row('APP-001', 'pass'), row('APP-002', 'not-selected', { reason })])
    expect(badge.badgeOf(result).label).toBe(label)
  })
})

describe('stable', () => {
  const seen = (run: string, number: number, port: number, ms: number, clock: number): RequirementResult =>
    row('APP-001', 'fail', {
      ms,
      reason: `the stream s2c-${run}-${number}: not in ${ms} ms`,
      request: `GET http://127.0.0.1:${port}/v1/streams/s2c-${run}-${number}/records`,
      transcript: [
        `> s2-basin: s2c-${run}-1`,
        `> POST http://127.0.0.1:${port}/v1/streams/s2c-${run}-${number}/records`,
        `< date: Tue, 24 Nov 2026 10:33:${clock} GMT`,
        `< content-length: ${100 + clock}`,
        `< {"created_at":"2026-11-24T10:33:${clock}.398Z","timestamp":17640000000${clock}}`,
      ],
      curl: `curl 'http://127.0.0.1:${port}/v1/streams/s2c-${run}-${number}/records'`,
      observations: [`seed ${port}`],
      timelines: [
        { ...timeline, operations: timeline.operations.map((one) => ({ ...one, begin: one.begin + ms })) },
      ],
    })

  test('leaves in the rows nothing of the run, and what came', () => {
    const one = stable(resultOf([seen('abcdef1', 17, 4001, 12, 40)]))
    const other = stable(resultOf([seen('zyxwvu9', 230, 5002, 7, 59)]))
    expect(one).toEqual(other)
    const [first] = one.results
    expect(first?.transcript?.slice(0, 2)).toEqual([
      '> s2-basin: s2c-RUN-1',
      '> POST http://127.0.0.1:PORT/v1/streams/s2c-RUN-2/records',
    ])
    expect(first?.reason).toBe('the stream s2c-RUN-2: not in N ms')
  })

  test('keeps what differs in truth', () => {
    const one = stable(resultOf([row('APP-001', 'fail', { reason: 'expected 200, actual 500' })]))
    expect(one.results[0]?.reason).toBe('expected 200, actual 500')
    expect(stable(sample).summary).toEqual(sample.summary)
  })
})

test('every rendering knows every verdict', () => {
  for (const verdict of VERDICTS) {
    const result = resultOf([row('APP-001', verdict, { reason: 'why' })])
    for (const text of [
      html.render(result),
      ctrf.render(result),
      junit.render(result),
      markdown.render(result),
    ]) {
      expect(text).not.toMatch(/[>"] *undefined/)
    }
  }
})

describe('a page with much that is wrong', () => {
  const broken = results.filter(({ verdict }) => verdict === 'fail')
  const many = ['APP-001', 'APP-002', 'APP-003', 'APP-004'].flatMap((id) =>
    broken.slice(0, 1).map((row) => ({ ...row, id })),
  )
  test('lists it first, by links', () => {
    const page = html.render(resultOf(many))
    for (const { id } of many) expect(page).toContain(`<li><a href="#${id}">${id}</a>`)
    expect(html.render(resultOf(many.slice(0, 2)))).not.toContain('class="contents"')
  })
  test('draws one violation of a history, and folds the others', () => {
    const [row] = many
    const [timeline] = row?.timelines ?? []
    if (row === undefined || timeline === undefined) throw new Error('the sample has no drawing')
    const page = (count: number): string =>
      html.render(resultOf([{ ...row, timelines: Array.from({ length: count }, () => timeline) }]))
    expect(page(1)).not.toContain('more-drawn"')
    expect(page(3)).toContain('<summary>2 more of the history’s violations</summary>')
    expect(page(3).match(/<figure class="timeline">/g)).toHaveLength(3)
  })
})
