import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { requirements } from '../requirements/index.ts'
import { catalogue } from './catalogue.ts'
import { coverage } from './coverage.ts'
import { honoured, parseHonoured } from './honoured.ts'
import { judgedRuns } from './judged.ts'

const root = resolve(import.meta.dirname, '../..')
const { stateOf } = coverage(requirements.map(({ id }) => id))

/** Rows that a server can honour, and no requirement of the suite tests. */
const untested = catalogue
  .filter(({ id, tier }) => tier !== 'background' && !['tested', 'same-as'].includes(stateOf.get(id) ?? ''))
  .map(({ id }) => id)

test('every row that a server can honour is tested by a requirement, or by a test of the server, or has a reason', () => {
  expect(untested.filter((id) => !honoured.has(id))).toEqual([])
})

test('nothing is claimed of a row that is not there', () => {
  const ids = new Set(catalogue.map(({ id }) => id))
  expect([...honoured.keys()].filter((id) => !ids.has(id))).toEqual([])
})

/** Rows that the reference server passed in a published run. */
const passed = new Set(
  judgedRuns
    .filter(({ name }) => name.startsWith('reference'))
    .flatMap(({ verdicts }) => [...verdicts].flatMap(([id, verdict]) => (verdict === 'pass' ? [id] : []))),
)

test('what the suite could not judge on the reference server in a published run is shown or has a reason', () => {
  const missing = requirements.map(({ id }) => id).filter((id) => !passed.has(id) && !honoured.has(id))
  expect(missing).toEqual([])
})

test('nothing is claimed beside what a published run shows', () => {
  expect([...honoured.keys()].filter((id) => passed.has(id))).toEqual([])
})

const named = [...honoured].flatMap(([id, entry]) =>
  'tests' in entry ? entry.tests.map(({ file, title }) => ({ id, file, title })) : [],
)

test.each(named)('$id: $file has the test "$title"', ({ file, title }) => {
  const titles = readFileSync(join(root, file), 'utf8').matchAll(TITLE)
  expect([...titles].map((match) => match[2] ?? match[4])).toContain(title)
})

/** The title of a test or a table of tests, in quotes of any kind. */
const TITLE =
  /\b(?:test|describe)(?:\.\w+)*\(\s*(['"`])((?:(?!\1)[^\\]|\\.)*)\1|\)\(\s*(['"`])((?:(?!\3)[^\\]|\\.)*)\3/g

test.each([
  [{ 'APP-001': {} }, 'honoured APP-001: must be'],
  [{ 'APP-001': { tests: [] } }, 'honoured APP-001: must be'],
  [{ 'APP-001': { tests: ['no title'] } }, 'a test is "FILE › TITLE"'],
  [[], 'not an object'],
])('%j is no such file', (value, message) => {
  expect(() => parseHonoured(value)).toThrow(message)
})
