import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseGiven } from '../conformance/cli/parse.ts'
import { ab } from '../load/commands/ab.ts'
import { readComparison } from '../load/commands/comparison-output.ts'
import { readWorkload } from '../load/commands/read-workload.ts'
import { withKind } from '../reports/load/benchmark-json.ts'
import { blocksIn, textOf } from './markdown.ts'

interface Step {
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}

test('the workflow of the README asks for what the command takes, and hands on the file that it writes', async () => {
  const [text = '', ...others] = blocksIn(textOf('README.md'), 'yaml')
  expect(others).toEqual([])
  const { jobs } = parse(text) as { jobs: Readonly<Record<string, { steps: readonly Step[] }>> }
  const steps = Object.values(jobs).flatMap((job) => job.steps)
  const command = steps.find(({ run }) => run?.startsWith('npx s2-load ab '))?.run ?? ''
  const words = [...command.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word)
  const given = parseGiven(ab, words.slice(3), {})
  expect([given.text('a'), given.text('b')]).toEqual([
    '../before/my-server --port {port}',
    './my-server --port {port}',
  ])
  expect(readComparison(given).minEffect).toBe(0.05)
  expect((await readWorkload(given, 'gate')).name).toBe('gate')
  const handed = steps.flatMap((step) => step.with?.['output-file-path'] ?? [])
  expect(handed).toEqual([withKind(given.text('github-benchmark') ?? '', 'smaller')])
})
