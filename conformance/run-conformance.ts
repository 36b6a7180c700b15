import { planTarget } from '../client/command/plan-target.ts'
import { serviceFrom } from '../client/command/service-options.ts'
import type { Given, Io } from '../kit/cli/command.ts'
import { timeLimitFrom, withTimeLimit } from '../kit/cli/time-limit.ts'
import { mapTexts } from '../kit/text/map-texts.ts'
import { plain } from '../kit/text/plain.ts'
import type { RequirementResult, RunResult } from '../reports/result.ts'
import { expectationsFor } from './commands/expectations-for.ts'
import { judgeTarget } from './commands/judge-target.ts'
import { breadthOf, choiceWords, QUICK, withQuickBudget } from './commands/run-options.ts'
import { requirements } from './requirements/index.ts'
import { type Profile, type Selection, select } from './run/selection.ts'

/** Which server is judged: where it is, or the command that starts it (`{port}` and `{data_dir}` are filled in). */
export type ConformanceTarget =
  | string
  | { readonly endpoint: string }
  | { readonly accountEndpoint: string; readonly basinEndpoint: string }
  | { readonly launch: string }

/** All of it may be left out. */
export interface ConformanceOptions {
  /** Which rows are judged. Default: `core`, what every S2 must do. */
  readonly profile?: Profile
  /** Ids or globs: only these rows. */
  readonly only?: readonly string[]
  /** `quick`: nothing that waits or asks much; `all`: also what takes 15 s and more. */
  readonly time?: 'quick' | 'default' | 'all'
  /** Sent as bearer token, and found in no result. */
  readonly token?: string
  /** Path of an expectations file, or `none`. Default: for the profile `s2-lite` the one that comes with the suite, else none. */
  readonly expect?: string
  /** Repeats the order and the random choices of an earlier run. */
  readonly seed?: number
  /** How many checks run at a time. Default: 16. */
  readonly concurrency?: number
  /** Also rows that change what the whole account sees, one at a time, and put it back. */
  readonly allowAccountChanges?: boolean
  /** Use this basin and make none. */
  readonly basin?: string
  /** `HOST:PORT:ADDR`, as curl has it: connections for that host and port go there. */
  readonly resolve?: readonly string[]
  readonly maxRequests?: number
  readonly maxBytes?: number
  /** Ends the run, as `signal` does, after so many seconds. Default: 60 for `quick`, else none. */
  readonly maxSeconds?: number
  /** Aborted, it ends the run in good order: what has not begun is not run. */
  readonly signal?: AbortSignal
  /** Told of each row as soon as it is decided; before expectations are applied. */
  readonly onResult?: (result: RequirementResult) => void
}

/**
 * Judges a server and resolves to the result, whatever its outcome. What was made on it is deleted, and a launched server
 * is stopped. Throws `UsageError` for a target or options that make no sense, and `UnusableTargetError` or `LaunchError`
 * where there is nothing to judge.
 */
export async function runConformance(
  target: ConformanceTarget,
  options: ConformanceOptions = {},
): Promise<RunResult> {
  const given = givenFor(target, options)
  const { profile = 'core', token, seed, concurrency = 16, time = 'default' } = options
  const plan = planTarget(given, {})
  const judging = {
    selection: selectionFor(options),
    expectations: await expectationsFor(given, profile),
    token,
    profile,
    seed,
    concurrency,
    ...breadthOf(time),
    choice: choiceWords(given),
    ...withQuickBudget(serviceFrom(given, plan, process.env), time),
  }
  const { onResult } = options
  const result = await withTimeLimit(silentIo(options), 's2-conformance', secondsOf(options), (io) =>
    judgeTarget(plan, judging, io, (row) => onResult?.(mapTexts(row, plain))),
  )
  // Callers print what the target wrote, as the command does, which has a filter of its own.
  return mapTexts(result, plain)
}

/** Throws `UsageError`. */
function secondsOf({ maxSeconds, time }: ConformanceOptions): number | undefined {
  if (maxSeconds !== undefined) return timeLimitFrom(String(maxSeconds))
  return time === 'quick' ? QUICK.seconds : undefined
}

/** The rows that these options select, without asking anybody anything. Throws `UsageError`. */
export function selectionFor({
  profile = 'core',
  only = [],
  time = 'default',
  allowAccountChanges = false,
}: ConformanceOptions): Selection {
  return select(requirements, { profile, only, time, accountChanges: allowAccountChanges })
}

/** As if it had been given on a command line, where the same rules hold. */
function givenFor(target: ConformanceTarget, options: ConformanceOptions): Given {
  const { profile, expect, time, allowAccountChanges, basin, resolve = [], maxRequests, maxBytes } = options
  const values: Readonly<Record<string, readonly (string | number | undefined)[]>> = {
    ...namingOf(target),
    profile: [profile],
    expect: [expect],
    basin: [basin],
    resolve,
    'max-requests': [maxRequests],
    'max-bytes': [maxBytes],
  }
  const all = (name: string): readonly string[] =>
    (values[name] ?? []).flatMap((value) => (value === undefined ? [] : [String(value)]))
  const flags: Readonly<Record<string, boolean | undefined>> = {
    quick: time === 'quick',
    all: time === 'all',
    'allow-account-changes': allowAccountChanges,
  }
  return { all, text: (name) => all(name).at(-1), flag: (name) => flags[name] === true, operands: [] }
}

function namingOf(target: ConformanceTarget): Readonly<Record<string, readonly string[]>> {
  if (typeof target === 'string') return { endpoint: [target] }
  if ('endpoint' in target) return { endpoint: [target.endpoint] }
  if ('launch' in target) return { launch: [target.launch] }
  return { 'account-endpoint': [target.accountEndpoint], 'basin-endpoint': [target.basinEndpoint] }
}

/** Whoever calls has the result; a launched server gets the environment of this process. */
const silentIo = ({ signal }: ConformanceOptions): Io => ({
  out: () => {},
  err: (text) => void process.stderr.write(text),
  env: process.env,
  isInteractive: false,
  width: Number.POSITIVE_INFINITY,
  colour: false,
  interrupted: signal ?? new AbortController().signal,
  cwd: process.cwd(),
})
