import { randomInt } from 'node:crypto'
import { singleEndpoint } from '../../client/endpoints.ts'
import { attach } from '../../client/launch/attached.ts'
import type { Launcher } from '../../client/launch/launcher.ts'
import type { Requirement } from '../../conformance/check/requirement.ts'
import { type RunEvents, type RunPlan, runSuite } from '../../conformance/run/run-suite.ts'
import { type Clock, realClock } from '../../kit/clock.ts'
import { VERSION } from '../../kit/version.ts'
import type { RequirementResult } from '../../reports/result.ts'
import type { Defect } from './defect.ts'
import { type Judged, judgeAgain } from './judge-again.ts'
import { launchServer } from './launched.ts'
import { startServer } from './server.ts'
import type { SharedClock } from './shared-clock.ts'
import { startStalledServer } from './stalled.ts'

/** What the suite said of one server, and how often the server's defect had decided something. */
export interface Trial extends Judged {
  readonly firings: number
}

/** Judges a server by these requirements, on every transport, as any other target is judged. */
export async function runTrial(
  requirements: readonly Requirement[],
  clock: SharedClock,
  defect?: Defect,
): Promise<Trial> {
  const server = await startServer(defect, { clock: clock.server })
  try {
    const launcher = attach(singleEndpoint(server.url))
    const judged = await judgeAgain(requirements, (rows) => judge(rows, launcher, clock.checks))
    return { ...judged, firings: server.firings() }
  } finally {
    await server.stop()
  }
}

/** Permits everything on a server that asks for tokens. */
const ROOT_TOKEN = 'the-root-token-of-a-trial'

/** The same of a server that asks for tokens. */
export async function runTokenTrial(requirements: readonly Requirement[], defect?: Defect): Promise<Trial> {
  const server = await startServer(defect, { rootToken: ROOT_TOKEN })
  try {
    const launcher = attach(singleEndpoint(server.url))
    const judged = await judgeAgain(requirements, (rows) =>
      judge(rows, launcher, realClock, { token: ROOT_TOKEN }),
    )
    return { ...judged, firings: server.firings() }
  } finally {
    await server.stop()
  }
}

/** The same of a server that is a process, and can be killed. */
export async function runLaunchedTrial(
  requirements: readonly Requirement[],
  defect?: Defect,
): Promise<Trial> {
  const server = await launchServer(defect)
  try {
    const judged = await judgeAgain(requirements, (rows) => judge(rows, server.launcher, realClock))
    return { ...judged, firings: await server.firings() }
  } finally {
    await server.stop()
  }
}

/** The same of a server whose storage can be stalled. */
export async function runStalledTrial(
  requirements: readonly Requirement[],
  clock: SharedClock,
  defect?: Defect,
): Promise<Trial> {
  const server = await startStalledServer(clock.server, defect)
  try {
    const judged = await judgeAgain(requirements, (rows) => judge(rows, server.launcher, clock.checks))
    return { ...judged, firings: server.firings() }
  } finally {
    await server.stop()
  }
}

/** What the suite says of a target; the events tell when it has been prepared, and when a row is done. */
export async function judge(
  requirements: readonly Requirement[],
  launcher: Launcher,
  clock: Clock,
  { token, ...events }: Partial<RunEvents> & { readonly token?: string } = {},
): Promise<readonly RequirementResult[]> {
  const { results } = await runSuite(planOf(requirements, token), {
    launcher,
    clock,
    started: new Date(),
    interrupted: new AbortController().signal,
    events: { onTarget: () => {}, onStart: () => {}, onResult: () => {}, ...events },
    keep: (name) => Promise.resolve(name),
  })
  return results
}

/** What one server was seen to do on different clocks. */
export const joinTrials = (...trials: readonly (Trial | undefined)[]): Trial => ({
  results: trials.flatMap((trial) => trial?.results ?? []),
  again: trials.flatMap((trial) => trial?.again ?? []),
  firings: trials.reduce((sum, trial) => sum + (trial?.firings ?? 0), 0),
})

const planOf = (requirements: readonly Requirement[], token: string | undefined): RunPlan => ({
  selection: { selected: requirements, unselected: [] },
  expectations: { entries: [] },
  profile: 'core and lite',
  token,
  // The same for all, so that servers differ in nothing but the defect.
  seed: 1,
  concurrency: 8,
  firstTransportOnly: false,
  thorough: false,
  runId: `defect${randomInt(1_000_000)}`,
  version: VERSION,
})
