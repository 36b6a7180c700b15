import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import * as ctrf from './ctrf.ts'
import { type RunResult, VERDICTS } from './result.ts'
import { resultOf, row, sample } from './testing/sample.ts'

/** CTRF's own schema, as its package has it. */
const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../node_modules/ctrf/dist/ctrf-schema-0.0.json'), 'utf8'),
)
const ajv = new Ajv({ allErrors: true })
addFormats.default(ajv)
const validate = ajv.compile(schema)

interface Report {
  readonly results: {
    readonly summary: Readonly<Record<string, number>>
    readonly tests: readonly Readonly<Record<string, unknown>>[]
    readonly environment: { readonly healthy: boolean }
  }
}

function read(result: RunResult): Report['results'] {
  const report: unknown = JSON.parse(ctrf.render(result))
  expect(validate(report) ? [] : validate.errors).toEqual([])
  return (report as Report).results
}

describe('CTRF', () => {
  test('has a test for each row, and one for each cause that no row shows', () => {
    const { summary, tests } = read(sample)
    expect(tests).toHaveLength(sample.results.length + sample.stale.length + 1)
    expect(summary.tests).toBe(tests.length)
    const { passed = 0, failed = 0, skipped = 0, pending = 0, other = 0 } = summary
    expect(passed + failed + skipped + pending + other).toBe(tests.length)
    expect(tests.at(-1)).toMatchObject({ name: 'the whole run', status: 'other' })
  })

  test('counts times in milliseconds since 1970', () => {
    const { start, stop, duration } = read({ ...sample, started: '2026-11-25T22:15:00Z', ms: 1234.4 }).summary
    expect([start, stop, duration]).toEqual([1_795_644_900_000, 1_795_644_901_234, 1234])
  })

  test.each([
    ['pass', 'passed'],
    ['warn', 'passed'],
    ['fail', 'failed'],
    ['error', 'other'],
    ['inconclusive', 'other'],
    ['not-run', 'pending'],
    ['expected', 'skipped'],
    ['not-applicable', 'skipped'],
    ['not-selected', 'skipped'],
  ] as const)('reports %s as %s', (verdict, status) => {
    const [only] = read(resultOf([row('APP-001', verdict, { reason: 'why' })])).tests
    expect(only).toMatchObject({ testId: 'APP-001', status, rawStatus: verdict, message: 'why' })
  })

  test('knows every verdict', () => {
    const { tests } = read(resultOf(VERDICTS.map((verdict) => row('APP-001', verdict))))
    expect(tests.slice(0, VERDICTS.length).map(({ rawStatus }) => rawStatus)).toEqual(VERDICTS)
  })

  test('is healthy only where the run is conformant', () => {
    expect(read(resultOf([row('APP-001', 'pass')])).environment.healthy).toBe(true)
    expect(read(resultOf([row('APP-001', 'fail')])).environment.healthy).toBe(false)
    expect(read(resultOf([row('APP-001', 'inconclusive')])).environment.healthy).toBe(false)
  })

  test('shows a failure with its exchange, and no control character', () => {
    const hostile = '\u001b[31m##[error] \u0085'
    const failed = row('APP-001', 'fail', { reason: hostile, transcript: ['> GET', hostile] })
    const [only] = read(resultOf([failed])).tests
    expect(only).toMatchObject({ message: hostile, stdout: ['> GET', hostile] })
    expect(String(only?.trace)).toContain('What APP-001 says must hold.')
    expect(ctrf.render(resultOf([failed]))).not.toMatch(/[^\P{Cc}\n]|##\[/u)
  })
})
