import { planTarget } from '../client/command/plan-target.ts'
import { basinFrom, UNLIMITED } from '../client/command/service-options.ts'
import { withTarget } from '../client/command/with-target.ts'
import type { Given, Io } from '../kit/cli/command.ts'
import { timeLimitFrom, withTimeLimit } from '../kit/cli/time-limit.ts'
import { hideAssignments } from '../kit/hide-assignments.ts'
import { VERSION } from '../kit/version.ts'
import type { LoadResult } from '../reports/load/result.ts'
import { consentFrom, demandConsent } from './commands/consent.ts'
import { namedWorkload, workloadOf } from './commands/read-workload.ts'
import type { LiveMoment } from './run/coordinator/live-moment.ts'
import { runLoad as loadStreams } from './run/run-load.ts'
import type { WorkloadFields } from './workload/parse.ts'

/** The server to load: its address, or the command that starts it (`{port}` and `{data_dir}` are filled in). */
export type LoadTarget =
  | string
  | { readonly endpoint: string }
  | { readonly accountEndpoint: string; readonly basinEndpoint: string }
  | { readonly launch: string }

/** Every option may be left out. */
export interface LoadOptions {
  /**
   * Name of a built-in workload, path of a YAML or JSON file, or the fields of such a file:
   * `{ rate: '50/s', duration: '2s', warmup: '0s' }`. Default: the built-in `default`.
   */
  readonly workload?: string | WorkloadFields
  /** Bearer token. It appears in no result. */
  readonly token?: string
  /** Existing basin to use. Default: the run creates one and deletes it. */
  readonly basin?: string
  /** Largest number of bytes that the load may append and read, by its plan. The workload must have a rate. */
  readonly maxBytes?: number
  /** Required for a server on another machine, unless the workload has a rate and `maxBytes` is given. */
  readonly allowRemote?: boolean
  /** Seconds after which the load ends, as if `signal` were aborted. */
  readonly maxSeconds?: number
  /** Ends the load when aborted. The result has what was measured until then, and `interrupted`. */
  readonly signal?: AbortSignal
  /** Called twice a second while the load runs. */
  readonly onProgress?: (moment: LiveMoment) => void
}

/**
 * Runs a workload on a server and resolves to the result, whatever its verdict. `result.integrity` reports whether every
 * acknowledged record was read back, `result.verdict` whether the generator kept to its plan. The streams that the run
 * created are deleted and a launched server is stopped; notes about that go to stderr. Rejects with `UsageError` for
 * invalid arguments, and with `UnusableTargetError` or `LaunchError` if the server cannot be loaded.
 */
export async function runLoad(target: LoadTarget, options: LoadOptions = {}): Promise<LoadResult> {
  const { workload: wanted = 'default', token, maxSeconds, onProgress } = options
  const given = givenFor(target, options)
  const workload = typeof wanted === 'string' ? await namedWorkload(wanted) : workloadOf(wanted, 'workload')
  const plan = planTarget(given, {})
  demandConsent(consentFrom(given), workload, false)
  const basin = basinFrom(given, plan)
  const service = { ...UNLIMITED, token, ...(basin !== undefined && { basin }) }
  const seconds = maxSeconds === undefined ? undefined : timeLimitFrom(String(maxSeconds))
  const launch = given.text('launch')
  return await withTimeLimit(silentIo(options), 's2-load', seconds, async (io) => {
    const { recorded, notes } = await withTarget(plan, service, io, (used, interrupted) =>
      loadStreams(used, {
        workload,
        tool: `s2-load ${VERSION}`,
        launch: launch === undefined ? undefined : hideAssignments(launch),
        interrupted,
        onTick: () => {},
        ...(onProgress !== undefined && { onMoment: onProgress }),
      }),
    )
    for (const note of notes) io.err(`s2-load: ${note}\n`)
    return recorded
  })
}

/** Returns the target and options as if they were given on a command line, where the same rules hold. */
function givenFor(target: LoadTarget, { workload, basin, maxBytes, allowRemote }: LoadOptions): Given {
  const rate = typeof workload === 'object' ? workload.rate : undefined
  const values: Readonly<Record<string, unknown>> = {
    ...namingOf(target),
    basin,
    rate,
    'max-bytes': maxBytes,
  }
  const text = (name: string): string | undefined =>
    values[name] === undefined ? undefined : String(values[name])
  return {
    text,
    all: (name) => [text(name) ?? []].flat(),
    flag: (name) => name === 'yes' && allowRemote === true,
    operands: [],
  }
}

function namingOf(target: LoadTarget): Readonly<Record<string, string>> {
  if (typeof target === 'string') return { endpoint: target }
  if ('endpoint' in target) return { endpoint: target.endpoint }
  if ('launch' in target) return { launch: target.launch }
  return { 'account-endpoint': target.accountEndpoint, 'basin-endpoint': target.basinEndpoint }
}

/** Prints nothing but notes. A launched server gets the environment of this process. */
const silentIo = ({ signal }: LoadOptions): Io => ({
  out: () => {},
  err: (text) => void process.stderr.write(text),
  env: process.env,
  isInteractive: false,
  width: Number.POSITIVE_INFINITY,
  colour: false,
  interrupted: signal ?? new AbortController().signal,
  cwd: process.cwd(),
})
