import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { parse } from 'yaml'
import { type Context, interpolate, isDue } from './expression.ts'

export interface Step {
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, unknown>>
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
  readonly runs: { readonly steps: readonly Step[] }
}

export interface Job {
  readonly workspace: string
  /** A directory for files of the runner. */
  readonly temporary: string
  /** A copy of this repository, as GitHub checks out an action. */
  readonly action: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly github: Context
  /** Takes each line of the log. */
  readonly print: (line: string) => void
  /** Takes the place of inputs of the action, by name. */
  readonly inputs?: Readonly<Record<string, string>>
}

export interface Done {
  readonly succeeded: boolean
  /** By id of the step. */
  readonly steps: Readonly<Record<string, { readonly outputs: Readonly<Record<string, string>> }>>
}

interface Outcome {
  readonly succeeded: boolean
  readonly outputs: Readonly<Record<string, string>>
}

/** Actions of GitHub, which do nothing on a machine that has the checkout and Node already. */
const isForeign = (uses: string): boolean => uses.startsWith('actions/')

/** Runs the steps as a runner of GitHub does, with the shell steps of `action.yml` in place of the action. */
export async function runSteps(all: readonly Step[], job: Job, more: Context = {}): Promise<Done> {
  let succeeded = true
  const steps: Record<string, { outputs: Readonly<Record<string, string>> }> = {}
  for (const step of all) {
    const context = { ...more, steps, github: job.github }
    if (!isDue(step.if, context, { succeeded })) continue
    const fill = (text: unknown): string => interpolate(String(text), context, { succeeded })
    const outcome = await runStep(step, job, fill)
    succeeded &&= outcome.succeeded
    if (step.id !== undefined) steps[step.id] = { outputs: outcome.outputs }
  }
  return { succeeded, steps }
}

type Fill = (text: unknown) => string

async function runStep(step: Step, job: Job, fill: Fill): Promise<Outcome> {
  const { uses, run, env = {} } = step
  if (run !== undefined) return await runShell(run, { ...job.env, ...mapValues(env, fill) }, job)
  if (uses === undefined || isForeign(uses)) {
    job.print(`[${uses}: nothing to do]`)
    return { succeeded: true, outputs: {} }
  }
  return await runAction(mapValues(step.with ?? {}, fill), job)
}

async function runAction(given: Readonly<Record<string, string>>, job: Job): Promise<Outcome> {
  const { inputs, outputs, runs } = parse(readFileSync(join(job.action, 'action.yml'), 'utf8')) as Action
  const defaults = mapValues(inputs, (input) => input.default ?? '')
  const done = await runSteps(runs.steps, job, { inputs: { ...defaults, ...given, ...job.inputs } })
  const context = { steps: done.steps }
  return {
    succeeded: done.succeeded,
    outputs: mapValues(outputs, ({ value }) => interpolate(value, context, done)),
  }
}

async function runShell(
  script: string,
  env: Readonly<Record<string, string | undefined>>,
  { workspace, temporary, action, print }: Job,
): Promise<Outcome> {
  const folder = mkdtempSync(join(temporary, 'step-'))
  const [file, output] = [join(folder, 'script.sh'), join(folder, 'output')]
  writeFileSync(file, script)
  writeFileSync(output, '')
  for (const line of script.trimEnd().split('\n')) print(`[run] ${line}`)
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', file], {
    cwd: workspace,
    env: { ...env, GITHUB_OUTPUT: output, GITHUB_ACTION_PATH: action, RUNNER_TEMP: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = new Promise<number | null>((done) => child.once('close', done))
  await Promise.all([printLines(child.stdout, print), printLines(child.stderr, print)])
  return { succeeded: (await closed) === 0, outputs: readOutputs(readFileSync(output, 'utf8')) }
}

async function printLines(input: Readable, print: Job['print']): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) print(line)
}

/** Both forms: `name=value`, and `name<<END` with lines up to `END`. */
function readOutputs(text: string): Readonly<Record<string, string>> {
  const found = [...text.matchAll(/^([\w-]+)(?:=(.*)|<<(.+)\n([\s\S]*?)\n\3)$/gm)]
  return Object.fromEntries(found.map(([, name, value, , lines]) => [name, value ?? lines ?? '']))
}

const mapValues = <From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> => Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
