import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { shellWord } from '../../kit/text/shell-word.ts'
import { COMPARISON_OUTCOMES, type LoadComparison } from '../../reports/load/comparison.ts'
import { run } from '../main.ts'
import { EXIT_CODES } from './comparison-output.ts'

const entry = resolve(import.meta.dirname, '../../bin/s2-reference-server.js')
const LAUNCH = `${shellWord(process.execPath)} ${shellWord(entry)} --port {port}`

test('two servers are started, loaded by turns and compared', async () => {
  const folder = await mkdtemp(join(tmpdir(), 's2-load-ab-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const json = join(folder, 'ab.json')
  const load = [
    '--rate',
    '200',
    '--duration',
    '0.3s',
    '--warmup',
    '0',
    '--batch',
    '1',
    '--record-size',
    '100',
    '--settle',
    '0.2s',
  ]
  let [out, err] = ['', '']
  const code = await run(['ab', '--a', LAUNCH, '--b', LAUNCH, '--rounds', '4', ...load, '--json', json], {
    out(text) {
      out += text
    },
    err(text) {
      err += text
    },
    env: { PATH: process.env.PATH },
    isInteractive: false,
    width: 80,
    colour: false,
    interrupted: new AbortController().signal,
    cwd: process.cwd(),
  })
  const comparison = JSON.parse(await readFile(json, 'utf8')) as LoadComparison
  expect(err).toBe('')
  // How fast this machine is, and how steady, is not judged here.
  expect(COMPARISON_OUTCOMES).toContain(comparison.outcome)
  expect(code).toBe(EXIT_CODES[comparison.outcome])
  expect(out).toContain(`base  ${LAUNCH}`)
  const phases = comparison.rounds.map(({ phase, side }) => `${phase} ${side}`)
  const turns = ['base', 'head', 'head', 'base', 'base', 'head', 'head', 'base']
  expect(phases.slice(0, 16)).toEqual([
    ...turns.map(() => 'noise base'),
    ...turns.map((side) => `compare ${side}`),
  ])
  for (const { integrity } of comparison.rounds)
    expect(integrity).toMatchObject({ verdict: 'verified', violations: {} })
  // On a machine that stands still for a whole round there is nothing to compare, and it has to say so.
  const worthless = comparison.rounds.filter(({ verdict }) => verdict === 'INVALID')
  if (worthless.length > 0) expect(comparison.outcome).toMatch(/^(invalid|regression)$/)
  else
    expect(comparison.metrics.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['append-rate', 'server-cpu', 'response-p50', 'e2e-p50']),
    )
  for (const { base, head, change } of comparison.metrics)
    for (const { low, value, high } of [base, head, change]) {
      expect(low).toBeLessThanOrEqual(value)
      expect(high).toBeGreaterThanOrEqual(value)
    }
})
