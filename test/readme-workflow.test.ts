import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseGiven } from '../conformance/cli/parse.ts'
import { planTarget } from '../conformance/commands/plan-target.ts'
import { run } from '../conformance/commands/run.ts'
import { VERSION } from '../conformance/version.ts'
import { ab } from '../load/commands/ab.ts'
import { readComparison } from '../load/commands/comparison-output.ts'
import { readWorkload } from '../load/commands/read-workload.ts'
import { withKind } from '../reports/load/benchmark-json.ts'
import { blocksIn, textOf } from './markdown.ts'

interface Step {
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}

const [conformance = '', gate = '', ...others] = blocksIn(textOf('README.md'), 'yaml')

const stepsOf = (text: string): readonly Step[] => {
  const { jobs } = parse(text) as { jobs: Readonly<Record<string, { steps: readonly Step[] }>> }
  return Object.values(jobs).flatMap((job) => job.steps)
}

/** What follows these words in a step. */
function typedAfter(text: string, words: string): readonly string[] {
  const command = stepsOf(text).find(({ run }) => run?.startsWith(`${words} `))?.run ?? ''
  return [...command.slice(words.length).matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word)
}

test('the README has two workflows, each with the package that is packed here', () => {
  expect(others).toEqual([])
  for (const workflow of [conformance, gate])
    expect(stepsOf(workflow).some(({ run }) => run?.endsWith(`./s2-conformance-${VERSION}.tgz`))).toBe(true)
})

test('that of the suite asks for what the command takes, and shows the file that it writes', () => {
  const given = parseGiven(run, typedAfter(conformance, 'npx --no-install s2-conformance run'), {})
  expect(given.operands).toEqual([])
  expect(given.text('launch')).toBe('./my-server --port {port}')
  expect(planTarget(given, {}).isAttached).toBe(false)
  const shown = stepsOf(conformance).find(({ run }) => run?.startsWith('cat '))?.run
  expect(shown).toContain(` ${given.text('markdown')} `)
})

test('that of the gate asks for what the command takes, and hands on the file that it writes', async () => {
  const given = parseGiven(ab, typedAfter(gate, 'npx --no-install s2-load ab'), {})
  expect([given.text('a'), given.text('b')]).toEqual([
    '../before/my-server --port {port}',
    './my-server --port {port}',
  ])
  expect(readComparison(given).minEffect).toBe(0.05)
  expect((await readWorkload(given, 'gate')).name).toBe('gate')
  const handed = stepsOf(gate).flatMap((step) => step.with?.['output-file-path'] ?? [])
  expect(handed).toEqual([withKind(given.text('github-benchmark') ?? '', 'smaller')])
})
