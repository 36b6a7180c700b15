import { readFileSync } from 'node:fs'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import * as json from './json.ts'
import { VERDICTS } from './result.ts'
import { results, row, sample } from './testing/sample.ts'

const schema = JSON.parse(readFileSync(new URL('./report.schema.json', import.meta.url), 'utf8'))

const ajv = new Ajv.default({ strict: true, allErrors: true })
addFormats.default(ajv)
const validate = ajv.compile(schema)

/** What is wrong with a report, where. */
function complaints(report: unknown): string[] {
  return validate(report)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

const rendered = (): Record<string, unknown> => JSON.parse(json.render(sample))

test('a rendered report is as the schema says', () => {
  expect(complaints(rendered())).toEqual([])
})

test('so is one that says what was chosen for it', () => {
  expect(complaints({ ...rendered(), choice: '--profile s2-lite --all' })).toEqual([])
})

test('so is one whose rows no run judges one by one, and which says how it is repeated', () => {
  const [first] = results
  const trials = [
    { ...first, id: 'DUR-003' },
    { ...first, id: 'DUR-003-PAUSED' },
  ]
  expect(complaints({ ...rendered(), results: trials, reproduce: 's2-conformance durability' })).toEqual([])
})

test('the sample has every part that a result can have, so that the schema knows them all', () => {
  const parts = new Set(results.flatMap((result) => Object.keys(result)).concat('reproduce'))
  expect([...parts].toSorted()).toEqual(Object.keys(schema.$defs.result.properties).toSorted())
  expect(new Set(results.map(({ verdict }) => verdict))).toEqual(new Set(VERDICTS))
  expect(schema.$defs.verdict.enum.toSorted()).toEqual([...VERDICTS].toSorted())
})

test.each(Object.keys(rendered()))('a report without %s is not', (key) => {
  const { [key]: _, ...rest } = rendered()
  expect(complaints(rest)).toContain(` must have required property '${key}'`)
})

test.each([
  ['a part that it does not know', { unknown: 1 }, ' must NOT have additional properties'],
  ['another format', { format: 3 }, '/format must be equal to constant'],
  [
    'a verdict of its own',
    { results: [{ ...row('APP-1', 'pass'), verdict: 'fine' }] },
    '/results/0/verdict must be equal to one of the allowed values',
  ],
  [
    'a failure without its reason',
    { results: [row('APP-1', 'fail')] },
    "/results/0 must have required property 'reason'",
  ],
  [
    'a pass with a reason',
    { results: [row('APP-1', 'pass', { reason: 'x' })] },
    '/results/0/reason boolean schema is false',
  ],
  ['a time that is none', { started: 'yesterday' }, '/started must match format "date-time"'],
])('nor is one with %s', (_, change, complaint) => {
  expect(complaints({ ...rendered(), ...change })).toContain(complaint)
})
