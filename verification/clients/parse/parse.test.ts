import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { TestResult } from '../client.ts'
import { parseBench } from './bench.ts'
import { parseCargoTest } from './cargo.ts'
import { parseGoTest } from './go.ts'
import { parseUnittest } from './unittest.ts'
import { parseVitest } from './vitest.ts'

/** What the tools really printed. */
const captured = (name: string): string =>
  readFileSync(new URL(`../testing/${name}`, import.meta.url), 'utf8')

const outcomes = (results: readonly TestResult[]) => results.map(({ test, outcome }) => [test, outcome])
const outputOf = (results: readonly TestResult[], name: string) =>
  results.find(({ test }) => test === name)?.output

describe('go test -json', () => {
  const results = parseGoTest(captured('go-test.txt'))

  test('gives every test that is not made of others', () => {
    expect(outcomes(results)).toEqual([
      ['TestListBasins_All', 'passed'],
      ['TestCreateBasin_TimestampingModes/client-prefer', 'passed'],
      ['TestCreateBasin_TimestampingModes/client-require', 'passed'],
      ['TestCreateBasin_TimestampingModes/arrival', 'passed'],
      ['TestEnsureAgainstS2Lite', 'skipped'],
      ['TestAccountMetrics_AllSets/active-basins', 'failed'],
      ['TestAccountMetrics_AllSets/account-ops', 'failed'],
    ])
    expect(outputOf(results, 'TestEnsureAgainstS2Lite')).toContain('S2_LITE_ENDPOINT not set')
    expect(outputOf(results, 'TestAccountMetrics_AllSets/account-ops')).toContain('not_implemented')
  })

  test('fails a test that never ended', () => {
    const cut = captured('go-test.txt')
      .split('\n')
      .filter((line) => !/"(pass|fail)".*active-basins"/.test(line))
    expect(outcomes(parseGoTest(cut.join('\n')))).toContainEqual([
      'TestAccountMetrics_AllSets/active-basins',
      'failed',
    ])
  })

  test('names what is made of others if it failed and they did not', () => {
    const lines = captured('go-test.txt').split('\n')
    const healed = lines.map((line) =>
      /AllSets\//.test(line) ? line.replace('"Action":"fail"', '"Action":"pass"') : line,
    )
    expect(outcomes(parseGoTest(healed.join('\n')))).toContainEqual(['TestAccountMetrics_AllSets', 'failed'])
  })

  test('a package that does not compile has no tests', () => {
    expect(parseGoTest('FAIL\tgithub.com/s2-streamstore/s2-sdk-go/s2 [build failed]\n')).toEqual([])
  })
})

describe('python -m unittest -v', () => {
  const results = parseUnittest(captured('unittest.txt'))

  test('gives every test, also where something else is printed in between', () => {
    expect(outcomes(results)).toEqual([
      ['test_are_listed (demo.Basins.test_are_listed)', 'passed'],
      ['test_are_talked_about (demo.Basins.test_are_talked_about)', 'passed'],
      ['test_differ (demo.Basins.test_differ)', 'failed'],
      ['test_raise (demo.Basins.test_raise)', 'failed'],
      ['test_wait (demo.Basins.test_wait)', 'skipped'],
      ['test_are_listed (demo.Streams.test_are_listed)', 'passed'],
    ])
  })

  test('gives what a failure printed and why a test was skipped', () => {
    expect(outputOf(results, 'test_differ (demo.Basins.test_differ)')).toMatch(
      /AssertionError: 'a' != 'b'\n- a\n\+ b$/,
    )
    expect(outputOf(results, 'test_raise (demo.Basins.test_raise)')).toMatch(/ValueError: no such basin\n.*$/)
    expect(outputOf(results, 'test_wait (demo.Basins.test_wait)')).toBe('not here: no network')
  })
})

describe('vitest --reporter=json', () => {
  test('gives every test, and a file that could not be loaded', () => {
    const results = parseVitest(captured('vitest.json'))
    expect(outcomes(results)).toEqual([
      ['/repo/reference-server/tmpdemo/broken.test.ts', 'failed'],
      ['the SDK passes', 'passed'],
      ['the SDK fails', 'failed'],
      ['the SDK is skipped', 'skipped'],
    ])
    expect(results[0]?.output).toContain("Cannot find module './nothing.ts'")
    expect(results[2]?.output).toContain('expected 1 to be 2')
  })
})

describe('s2 bench', () => {
  const output = captured('bench.txt')

  test('passes if both readers saw what was written', () => {
    expect(parseBench(output)).toEqual([
      { test: 'the writer', outcome: 'passed', output: '2528 of 2528 records' },
      { test: 'the reader at the tail', outcome: 'passed', output: '2528 of 2528 records' },
      { test: 'the reader that catches up', outcome: 'passed', output: '2528 of 2528 records' },
    ])
  })

  test('fails the reader that saw less, or nothing', () => {
    const less = output.replace(/^(Catchup: .*, )2528 records/m, '$12527 records').replace(/^Read: .*\n/m, '')
    expect(outcomes(parseBench(less))).toEqual([
      ['the writer', 'passed'],
      ['the reader at the tail', 'failed'],
      ['the reader that catches up', 'failed'],
    ])
  })

  test('fails them all if nothing was written', () => {
    expect(parseBench('Error: no such basin').map(({ outcome }) => outcome)).toEqual([
      'failed',
      'failed',
      'failed',
    ])
  })
})

describe('cargo test', () => {
  const results = parseCargoTest(captured('cargo-test.txt'))

  test('gives every test', () => {
    expect(outcomes(results)).toEqual([
      ['basins_are_listed', 'passed'],
      ['streams::are_lost', 'failed'],
      ['panics', 'passed'],
      ['tails_differ', 'failed'],
      ['waits', 'skipped'],
    ])
  })

  test('gives what a failure printed and why a test was ignored', () => {
    expect(outputOf(results, 'streams::are_lost')).toBe('failures:\nError: "no such stream"')
    expect(outputOf(results, 'tails_differ')).toContain(
      'left == right` failed: the tail\n  left: 1\n right: 2',
    )
    expect(outputOf(results, 'waits')).toBe('needs a network')
  })
})
