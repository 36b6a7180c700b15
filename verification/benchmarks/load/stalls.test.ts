import { expect, test } from 'vitest'
import { stalledQuantile } from '../../known-delay-server/delays.ts'
import { headLines, rowLine } from './stalls.ts'
import { parseAutocannon } from './stalls-autocannon.ts'
import { parseH2load } from './stalls-h2load.ts'
import { NoFigures, output } from './stalls-tool.ts'
import { parseWrk } from './stalls-wrk.ts'

const QUANTILES = [0.5, 0.9, 0.99, 0.999]

test('what wrk prints is read to the thousandth', () => {
  const values = Array.from({ length: 1000 }, (_none, index) => `at ${index + 1} ${(index + 1) * 10}`)
  const said = parseWrk(`Running 12s test\n  Latency  2.1ms\n\ncount 5712\n${values.join('\n')}\n`)
  expect(said.count).toBe(5712)
  expect(QUANTILES.map(said.at)).toEqual([5000, 9000, 9900, 9990])
  expect(() => parseWrk('count 5712\nat 1 10\n')).toThrow('no quantiles')
})

test('what h2load logs is read request by request, without those that failed', () => {
  const lines = Array.from({ length: 1000 }, (_none, index) => `1795636000000000\t200\t${1000 - index}`)
  const said = parseH2load(`${lines.join('\n')}\n1795636000000000\t-1\t99999\n`)
  expect(said.count).toBe(1000)
  expect(QUANTILES.map(said.at)).toEqual([500, 900, 990, 999])
  expect(() => parseH2load('')).toThrow('no answer')
})

test('what autocannon says is read in its milliseconds', () => {
  const latency = { p50: 2, p90: 3, p99: 801, p99_9: 980, totalCount: 11_900 }
  const said = parseAutocannon(JSON.stringify({ latency, errors: 0 }))
  expect(said.count).toBe(11_900)
  expect(QUANTILES.map(said.at)).toEqual([2000, 3000, 801_000, 980_000])
  expect(() => parseAutocannon('{"latency":{}}')).toThrow('no latency.totalCount')
})

test('a command that is not there is told from one that fails', async () => {
  await expect(output('no-such-command-of-this-machine', [], 1)).rejects.toThrow(NoFigures)
  await expect(output(process.execPath, ['-e', 'process.exit(3)'], 1)).rejects.toThrow('ended with 3')
  expect(await output(process.execPath, ['-e', 'console.log(1)'], 1)).toBe('1\n')
})

test('the table has the error of each beside the truth, and a line for who is not there', () => {
  const truth = (quantile: number): number => stalledQuantile(quantile, 10, 2000, 1_000_000)
  expect(headLines(truth)[1]?.trim().split(/\s+/).slice(-4)).toEqual(['2.0', '2.0', '902.0', '992.0'])
  const line = rowLine({ name: 'one', about: 'so', said: { count: 12, at: () => 3000 } }, truth)
  expect(line).toContain('3.0 (+1.0)')
  expect(line).toContain('3.0 (-899.0)')
  const absent = { name: 'other', about: 'so', said: 'SKIPPED: other is not installed' }
  expect(rowLine(absent, truth)).toContain('SKIPPED: other is not installed')
})
