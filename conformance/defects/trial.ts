import { randomInt } from 'node:crypto'
import type { RequirementResult } from '../../reports/result.ts'
import type { Requirement } from '../requirement.ts'
import { type RunPlan, runSuite } from '../run/run-suite.ts'
import { singleEndpoint } from '../target/endpoints.ts'
import { attach } from '../target/launch/attached.ts'
import { VERSION } from '../version.ts'
import type { Defect } from './defect.ts'
import { startServer } from './server.ts'
import type { SharedClock } from './shared-clock.ts'

/** What the suite said of one server, and how often the server's defect had decided something. */
export interface Trial {
  readonly results: readonly Pick<RequirementResult, 'id' | 'verdict' | 'reason'>[]
  readonly firings: number
}

/** Judges a server by these requirements, on every transport, as any other target is judged. */
export async function runTrial(
  requirements: readonly Requirement[],
  clock: SharedClock,
  defect?: Defect,
): Promise<Trial> {
  const server = await startServer(defect, clock.server)
  try {
    const { results } = await runSuite(planOf(requirements), {
      launcher: attach(singleEndpoint(server.url)),
      clock: clock.checks,
      started: new Date(),
      interrupted: new AbortController().signal,
      events: { onTarget: () => {}, onStart: () => {}, onResult: () => {} },
      keep: (name) => Promise.resolve(name),
    })
    return { results, firings: server.firings() }
  } finally {
    await server.stop()
  }
}

/** What one server was seen to do on different clocks. */
export const joinTrials = (trial: Trial, other: Trial | undefined): Trial => ({
  results: [...trial.results, ...(other?.results ?? [])],
  firings: trial.firings + (other?.firings ?? 0),
})

const planOf = (requirements: readonly Requirement[]): RunPlan => ({
  selection: { selected: requirements, unselected: [] },
  expectations: { entries: [] },
  profile: 'core and lite',
  token: undefined,
  // The same for all, so that servers differ in nothing but the defect.
  seed: 1,
  concurrency: 8,
  firstTransportOnly: false,
  runId: `defect${randomInt(1_000_000)}`,
  version: VERSION,
})
