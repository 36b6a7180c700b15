import { describe, expect, test } from 'vitest'
import * as ctrf from './ctrf.ts'
import * as html from './html.ts'
import * as json from './json.ts'
import * as junit from './junit.ts'
import * as markdown from './markdown.ts'
import { outcomeOf, type RunResult, summarize } from './result.ts'
import * as terminal from './terminal.ts'
import { resultOf, results, row, sample } from './testing/sample.ts'

describe('the outcome', () => {
  const none = summarize([])
  test.each([
    [{ pass: 1 }, [], 'conformant'],
    [{ pass: 1, warn: 1, expected: 1, 'not-applicable': 1, 'not-selected': 1 }, [], 'conformant'],
    [{ pass: 1, fail: 1, error: 1 }, [], 'not conformant'],
    [{ pass: 1 }, ['APP-001'], 'not conformant'],
    [{ pass: 1, error: 1 }, [], 'inconclusive'],
    [{ pass: 1, inconclusive: 1 }, [], 'inconclusive'],
    [{ 'not-applicable': 5 }, [], 'inconclusive'],
    [{ pass: 1, 'not-run': 1 }, [], 'inconclusive'],
  ] as const)('%o, stale %o: %s', (counts, stale, outcome) => {
    expect(outcomeOf({ ...none, ...counts }, stale)).toBe(outcome)
  })
})

test('the terminal shows what is worth a look in a line each, what needs eyes in detail, and the sums', () => {
  expect(terminal.render(sample, { width: 80, colour: false })).toMatchInlineSnapshot(`
    "warn      APP-003    Title of APP-003: slow
    expected  APP-004    Title of APP-004: answers 400 (0.43.4)
    reproduce s2-conformance run APP-003 APP-004 --endpoint http://127.0.0.1:1 --seed 7
    not run   1 row: APP-010

    FAIL      APP-002 Title of APP-002 (MUST, core)
      rule      What APP-002 says must hold.
      subject   over s2s: the tail
      request   GET http://127.0.0.1:1/v1/streams/s/records/tail
      actual    9007199254740992
      drawn     client 0   ├───────────┤··········· append 2 records -> 3 to 5  [0.…
                client 1   ··············├────────┤ tail -> 3  [3.000 to 5.000 ms]
      expected  9007199254740993
      source    openapi
      files     /tmp/APP-002-json-replay.json
      curl      curl -sSiNg --path-as-is 'http://127.0.0.1:1/v1/streams/s/records/tail'
      replay    s2-conformance replay /tmp/APP-002-json-replay.json --endpoint http://127.0.0.1:1
      reproduce s2-conformance run APP-002 --endpoint http://127.0.0.1:1 --seed 7

    ERROR     APP-005 Title of APP-005 (MUST, core)
      rule      What APP-005 says must hold.
      reason    no connection
      source    openapi
      reproduce s2-conformance run APP-005 --endpoint http://127.0.0.1:1 --seed 7

    inconclusive APP-008 Title of APP-008 (MUST, core)
      rule      What APP-008 says must hold.
      reason    no overlap
      source    openapi
      reproduce s2-conformance run APP-008 --endpoint http://127.0.0.1:1 --seed 7

    stale     APP-001 passes: remove it from the expectations file
    note      3 basins could not be deleted
    s2-conformance 0.1.0, profile core, seed 7, 1.2 s
    http://127.0.0.1:1: 1 passed, 1 failed, 1 failed as expected, 1 warned, 1 inconclusive, 1 error, 1 not applicable, 1 not run, 1 not selected
    NOT CONFORMANT
    "
  `)
})

test('no row is told of twice', () => {
  const text = terminal.render(resultOf(results), { width: 200, colour: false })
  for (const { id, verdict, title } of results) {
    const isShown = !['pass', 'not-applicable', 'not-selected', 'not-run'].includes(verdict)
    expect(text.split(title).length - 1, id).toBe(isShown ? 1 : 0)
  }
})

test('colour adds nothing but colour', () => {
  const coloured = terminal.render(sample, { width: 80, colour: true })
  const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g')
  expect(coloured.replaceAll(escapes, '')).toBe(terminal.render(sample, { width: 80, colour: false }))
})

test('a result in which nothing passed says so', () => {
  const lastLine = (result: RunResult): string | undefined =>
    terminal.render(result, { width: 80, colour: false }).trimEnd().split('\n').at(-1)
  expect(lastLine(resultOf([row('APP-001', 'expected')]))).toBe('INCONCLUSIVE: nothing passed')
  expect(lastLine(resultOf([row('APP-001', 'pass'), row('APP-002', 'error')]))).toBe('INCONCLUSIVE')
})

test('JSON holds the whole result, and how to repeat each row that was run and did not pass', () => {
  const { results: rows, ...head } = structuredClone(sample)
  const reproduce = (id: string) => `s2-conformance run ${id} --endpoint http://127.0.0.1:1 --seed 7`
  const isRepeated = new Set(['APP-002', 'APP-003', 'APP-004', 'APP-005', 'APP-008'])
  expect(JSON.parse(json.render(sample))).toEqual({
    ...head,
    results: rows.map((row) => ({ ...row, ...(isRepeated.has(row.id) && { reproduce: reproduce(row.id) }) })),
  })
})

test.each([
  ['Markdown', markdown],
  ['CTRF', ctrf],
  ['HTML', html],
  ['JUnit', junit],
])('%s says how to repeat a row that the expectations forgive', (_, { render }) => {
  const reproduce = 's2-conformance run APP-004 --endpoint http://127.0.0.1:1 --seed 7'
  expect(render(sample)).toContain(reproduce)
})

test('64-bit integers stand bare in JSON', () => {
  const exact = { ...sample, seed: 2n ** 64n - 1n } as unknown as RunResult
  expect(json.render(exact)).toContain('"seed": 18446744073709551615,')
})

test('a row is judged again by what was chosen for the run', () => {
  const chosen = { ...sample, choice: '--profile s2-lite --all' }
  const reproduce =
    's2-conformance run APP-002 --endpoint http://127.0.0.1:1 --profile s2-lite --all --seed 7'
  expect(terminal.render(chosen, { width: 80, colour: false })).toContain(reproduce)
  expect(markdown.render(chosen)).toContain(reproduce)
})

test('where no row is judged alone, all show the command that repeats the whole', () => {
  const whole = { ...sample, reproduce: 's2-conformance durability --seed 7' }
  const renderings = [
    terminal.render(whole, { width: 80, colour: false }),
    html.render(whole),
    junit.render(whole),
    ctrf.render(whole),
    markdown.render(whole),
  ]
  for (const text of renderings) {
    expect(text).toContain('s2-conformance durability --seed 7')
    expect(text).not.toContain('s2-conformance run')
  }
})
