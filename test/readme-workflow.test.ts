import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { planTarget } from '../client/command/plan-target.ts'
import { run } from '../conformance/commands/run.ts'
import { parseGiven } from '../kit/cli/parse.ts'
import { VERSION } from '../kit/version.ts'
import { ab } from '../load/commands/ab.ts'
import { readComparison } from '../load/commands/comparison-output.ts'
import { readWorkload } from '../load/commands/read-workload.ts'
import { withKind } from '../reports/load/benchmark-json.ts'
import { writtenPages } from '../scripts/pages.ts'
import { blocksIn, textOf, wordsIn } from './markdown.ts'

interface Step {
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, unknown>>
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

const [conformance = '', gate = '', ...others] = writtenPages.flatMap((page) =>
  // The manual of the load generator shows a workload too, which is read beside its parser.
  blocksIn(textOf(page), 'yaml').filter((text) => /^jobs:/m.test(text)),
)

const jobsOf = (text: string): readonly Job[] => {
  const { jobs } = parse(text) as { jobs: Readonly<Record<string, Job>> }
  return Object.values(jobs)
}

const stepsOf = (text: string): readonly Step[] => jobsOf(text).flatMap((job) => job.steps)

/** What follows these words in a step. */
function typedAfter(text: string, words: string): readonly string[] {
  const command = stepsOf(text).find(({ run }) => run?.startsWith(`${words} `))?.run ?? ''
  return wordsIn(command.slice(words.length))
}

test('the pages have two workflows, each with the package that is packed here', () => {
  expect(others).toEqual([])
  for (const workflow of [conformance, gate])
    expect(stepsOf(workflow).some(({ run }) => run?.endsWith(`./s2-conformance-${VERSION}.tgz`))).toBe(true)
})

test('that of the suite asks for what the command takes', () => {
  const given = parseGiven(run, typedAfter(conformance, 'npx --no-install s2-conformance run'), {})
  expect(given.operands).toEqual([])
  expect(given.text('launch')).toBe('./my-server --port {port}')
  expect(planTarget(given, {}).isAttached).toBe(false)
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

/** As workflows of GitHub have it. */
const expression = (text: string): string => `\${{ ${text} }}`

test('that of the gate compares with what was there before, not with itself', () => {
  const before = stepsOf(gate).find(({ run }) => run?.includes('worktree add'))
  expect(before?.run).toContain('git worktree add ../before "$BEFORE"')
  expect(Object.entries(before?.env ?? {})).toEqual([
    ['BEFORE', expression('github.event.pull_request.base.sha || github.event.before')],
  ])
})

test('that of the gate may push to the branch that its page says has to exist', () => {
  expect(jobsOf(gate).map(({ permissions }) => permissions)).toEqual([{ contents: 'write' }])
  const handed = stepsOf(gate).find(({ with: given }) => given?.['output-file-path'] !== undefined)?.with
  expect(handed).toMatchObject({ 'github-token': expression('secrets.GITHUB_TOKEN'), 'auto-push': true })
  const page = textOf('docs/load.md').replaceAll(/\s+/g, ' ')
  expect(page).toContain('The branch `gh-pages` has to exist.')
  expect(page).toContain('`|| [ $? -eq 3 ]`')
})
