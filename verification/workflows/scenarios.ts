import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { parse } from 'yaml'
import { type Done, type Job, runSteps, type Step } from './run-steps.ts'
import { freePort, startService } from './service.ts'
import { commandsOf, type WorkflowCommand } from './workflow-commands.ts'

export interface Scenario {
  readonly name: string
  /** Resolves to the problem, or to undefined. A part that cannot run here begins with SKIPPED. */
  readonly run: (place: Place) => Promise<string | undefined>
}

export interface Place {
  /** A copy of this repository, as GitHub checks out an action. */
  readonly action: string
  /** Does not exist yet. */
  readonly work: string
  readonly text: (workflow: string) => string
}

interface Workflow {
  readonly jobs: Readonly<Record<string, JobText>>
}

interface JobText {
  readonly steps: readonly Step[]
  readonly env?: Readonly<Record<string, string>>
}

interface Played extends Done {
  readonly summary: string
  readonly log: readonly string[]
  /** Those that a runner of GitHub would find in the log. */
  readonly commands: readonly WorkflowCommand[]
}

/** Runs the only job of a workflow in a repository with this Makefile. */
async function play(
  text: string,
  { action, work }: Place,
  makefile: string,
  more: Partial<Pick<Job, 'inputs' | 'github'>> = {},
): Promise<Played> {
  const [found] = Object.values((parse(text) as Workflow).jobs)
  if (found === undefined) throw new Error('the workflow has no job')
  const workspace = join(work, 'workspace')
  const bin = join(work, 'bin')
  for (const folder of [workspace, bin, join(work, 'temporary')]) mkdirSync(folder, { recursive: true })
  writeFileSync(join(workspace, 'Makefile'), makefile)
  // In place of GitHub's own command, which posts the comment.
  writeFileSync(join(bin, 'gh'), '#!/bin/sh\necho "$@" >"$(dirname "$0")/../gh"\n')
  chmodSync(join(bin, 'gh'), 0o755)
  const summary = join(work, 'summary.md')
  writeFileSync(summary, '')
  const log: string[] = []
  const job: Job = {
    print: (line) => {
      log.push(line)
      // Behind a bar, a command in it is text for the workflow that runs this.
      process.stdout.write(`| ${line}\n`)
    },
    workspace,
    action,
    temporary: join(work, 'temporary'),
    github: { token: 'a-token' },
    env: {
      PATH: [bin, process.env.PATH].join(delimiter),
      HOME: process.env.HOME,
      NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: summary,
      ...found.env,
    },
    ...more,
  }
  const done = await runSteps(found.steps, job)
  return { ...done, summary: readFileSync(summary, 'utf8'), log, commands: log.flatMap(commandsOf) }
}

/** A user's server, of which `make` writes the program. */
const makefileOf = (program: string): string =>
  `my-server:\n\techo '#!/bin/sh' >$@\n\techo 'exec ${program}' >>$@\n\tchmod +x $@\n`

const referenceServer = ({ action }: Place): string =>
  makefileOf(`node ${join(action, 'bin/s2-reference-server.js')} "$$@"`)

export const conformance: Scenario = {
  name: 'conformance',
  async run(place) {
    const played = await play(place.text('conformance'), place, referenceServer(place))
    const { verdict, failed, report = '' } = played.steps.suite?.outputs ?? {}
    if (!played.succeeded || verdict !== 'conformant' || failed !== '0')
      return `FAILED: the job of a conformant server ended with ${verdict}`
    if (!existsSync(report)) return `FAILED: there is no report ${report}`
    if (played.commands.some(({ name }) => name === 'error')) return 'FAILED: a conformant server has errors'
    return played.summary.includes('Conformant') ? undefined : 'FAILED: the summary of the job has no verdict'
  },
}

/**
 * A server with a wrong tail fails the job, and the steps that always run still do. Each failed row is an annotation. The
 * commands that this server sends are not.
 */
export const broken: Scenario = {
  name: 'conformance-of-a-broken-server',
  async run(place) {
    const makefile = makefileOf(`node ${join(import.meta.dirname, 'broken-server.ts')} "$$@"`)
    const played = await play(place.text('conformance'), place, makefile, {
      inputs: { options: '--quick --only TAIL-*' },
    })
    const { verdict, failed, counts = '', report = '' } = played.steps.suite?.outputs ?? {}
    if (played.succeeded || verdict !== 'not conformant' || Number(failed) < 1)
      return `FAILED: the job of a broken server ended with ${verdict}`
    if (!existsSync(report)) return `FAILED: there is no report ${report}`
    if (!played.log.includes(`${verdict}, ${counts}`)) return 'FAILED: the step after the suite did not run'
    const errors = played.commands.filter(({ name, title }) => name === 'error' && title.startsWith('TAIL-'))
    if (errors.length !== Number(failed))
      return `FAILED: ${failed} rows failed, with ${errors.length} annotations`
    if (played.commands.length !== errors.length)
      return `FAILED: the target injected a command: ${JSON.stringify(played.commands)}`
    if (!played.log.some((line) => line.includes('injected')))
      return 'FAILED: the log does not show what the target sent'
    return played.summary.includes('Not conformant')
      ? undefined
      : 'FAILED: the summary of the job has no verdict'
  },
}

/** Commits the Makefile and returns the parts of the context of GitHub that a change of it has. */
function commitBase({ work }: Place, makefile: string): Job['github'] {
  const workspace = join(work, 'workspace')
  mkdirSync(workspace, { recursive: true })
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: workspace,
      encoding: 'utf8',
    })
  git('init', '--quiet')
  writeFileSync(join(workspace, 'Makefile'), makefile)
  git('add', '.')
  git('commit', '--quiet', '--message', 'first')
  const base = { sha: git('rev-parse', 'HEAD').trim() }
  const head = { repo: { full_name: 'owner/server' } }
  return { token: 'a-token', repository: 'owner/server', event: { pull_request: { number: 7, base, head } } }
}

/** As few and as short rounds as possible: the verdict depends on who shares this machine. */
const SHORT_GATE = { 'gate-options': '--rounds 4..4 --settle 0s --duration 1s' }

export const loadGate: Scenario = {
  name: 'load-gate',
  async run(place) {
    const makefile = referenceServer(place)
    const { succeeded, steps, summary } = await play(place.text('load-gate'), place, makefile, {
      inputs: SHORT_GATE,
      github: commitBase(place, makefile),
    })
    const { 'gate-verdict': verdict = '', 'gate-comment': comment = '' } = steps.gate?.outputs ?? {}
    if (!['no-regression', 'too-noisy', 'invalid'].includes(verdict) || !succeeded)
      return `FAILED: the same server twice ended with "${verdict}"`
    const called = readFileSync(join(place.work, 'gh'), 'utf8')
    if (!called.startsWith(`pr comment 7 --body-file ${comment} `))
      return `FAILED: gh was called with ${called}`
    if (!readFileSync(comment, 'utf8').includes('Load gate:')) return 'FAILED: the comment has no verdict'
    return summary.includes('Load gate:') ? undefined : 'FAILED: the summary of the job has no verdict'
  },
}

/**
 * A server that no longer starts fails the job, even where a noisy runner would not. The workflow commands in its last lines
 * are text.
 */
export const stoppedGate: Scenario = {
  name: 'load-gate-of-a-server-that-does-not-start',
  async run(place) {
    const github = commitBase(place, referenceServer(place))
    const makefile = makefileOf(`node ${join(import.meta.dirname, 'stopped-server.ts')} "$$@"`)
    const played = await play(place.text('load-gate'), place, makefile, { inputs: SHORT_GATE, github })
    if (played.succeeded) return 'FAILED: the job succeeded'
    if (existsSync(join(place.work, 'gh'))) return 'FAILED: a comment was written without a verdict'
    if (!played.log.some((line) => line.includes('injected'))) return 'FAILED: the log lacks the last lines'
    const [error, ...more] = played.commands
    return error?.name === 'error' && error.title === 's2-load' && more.length === 0
      ? undefined
      : `FAILED: the commands in the log are ${JSON.stringify(played.commands)}`
  },
}

/** Needs a Docker engine with the image: see scripts/container/try-image.sh. */
export const serviceContainer: Scenario = {
  name: 'service-container',
  async run(place) {
    const port = await freePort()
    const service = await startService('s2-conformance', port)
    if (service === undefined) return 'SKIPPED, no Docker engine with the image s2-conformance'
    try {
      const text = place.text('service-container').replaceAll('8080', String(port))
      const test = 'test:\n\tcurl -sSf -X PUT "$$S2_ACCOUNT_ENDPOINT/v1/basins/my-basin-1"\n'
      const { succeeded } = await play(text, place, test)
      return succeeded ? undefined : 'FAILED: the tests did not reach the service'
    } finally {
      service.stop()
    }
  },
}
