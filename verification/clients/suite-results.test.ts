import { expect, test } from 'vitest'
import type { TestResult } from './client.ts'
import type { Finished } from './command.ts'
import { withTheRun } from './suite-results.ts'

const ended: Finished = { code: 0, stdout: 'panic: out of memory', stderr: '', timedOut: false }
const passed: TestResult = { test: 'a', outcome: 'passed', output: '' }
const failed: TestResult = { test: 'b', outcome: 'failed', output: '' }

test.each<[string, readonly TestResult[], Partial<Finished>]>([
  ['all is well', [passed], {}],
  ['a test says what failed', [passed, failed], { code: 1 }],
])('the run is no result of its own where %s', (_, results, more) => {
  expect(withTheRun(results, { ...ended, ...more })).toEqual(results)
})

test.each<[string, readonly TestResult[], Partial<Finished>, string]>([
  ['it fails and no test does', [passed], { code: 2 }, 'ended with 2'],
  ['it was killed', [failed], { code: undefined }, 'ended with a signal'],
  ['it took too long', [passed, failed], { code: undefined, timedOut: true }, 'took too long'],
])('the run has failed where %s', (_, results, more, how) => {
  expect(withTheRun(results, { ...ended, ...more }).slice(results.length)).toEqual([
    { test: 'the run as a whole', outcome: 'failed', output: expect.stringContaining(how) },
  ])
})
