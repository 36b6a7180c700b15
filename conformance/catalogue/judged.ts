import { type RunResult, VERDICTS, type Verdict } from '../../reports/result.ts'
import file from './judged.json' with { type: 'json' }

/** A published run, and what it said of each row that it had selected. */
export interface JudgedRun {
  /** What was judged, as the ledger calls it. */
  readonly name: string
  readonly profile: string
  readonly seed: number
  /** RFC 3339. */
  readonly started: string
  readonly verdicts: ReadonlyMap<string, Verdict>
}

/** The runs of `reports/published/` whose verdicts the ledger shows: file without its ending, and what it judged. */
export const PUBLISHED: readonly (readonly [file: string, name: string])[] = [
  ['reference-server-0.1.0', 'reference'],
  ['reference-server-0.1.0-hosted', 'reference, hosted'],
  ['reference-server-0.1.0-free-tier', 'reference, free tier'],
  ['s2-lite-0.43.4', 's2-lite'],
  ['s2-lite-0.43.4-bucket', 's2-lite, bucket'],
]

/** What is kept of a published run: `judged.json` holds these, written by `npm run verify -- ledger`. */
export function keepVerdicts(name: string, { target, seed, started, results }: RunResult): object {
  const judged = results.filter(({ verdict }) => verdict !== 'not-selected')
  return {
    name,
    profile: target.profile,
    seed,
    started,
    verdicts: Object.fromEntries(judged.map(({ id, verdict }) => [id, verdict])),
  }
}

/** The JSON file beside this one; it is checked when this module is loaded. */
export const judgedRuns: readonly JudgedRun[] = parseJudged(file)

/** Throws an Error that names the run and what is wrong with it. */
export function parseJudged(value: unknown): readonly JudgedRun[] {
  if (!Array.isArray(value)) throw new Error('judged: not an array of runs')
  return value.map((run: unknown, index) => parseRun(run, `judged, run ${index + 1}`))
}

function parseRun(run: unknown, place: string): JudgedRun {
  if (!isFields(run)) throw new Error(`${place}: not an object`)
  const { name, profile, seed, started, verdicts } = run
  if (typeof name !== 'string' || typeof profile !== 'string' || typeof started !== 'string')
    throw new Error(`${place}: name, profile and started must be texts`)
  if (typeof seed !== 'number' || !isFields(verdicts))
    throw new Error(`${place}: needs a number "seed" and an object "verdicts"`)
  const entries = Object.entries(verdicts).map(([id, verdict]) => {
    const found = VERDICTS.find((each) => each === verdict)
    if (found === undefined) throw new Error(`${place}: ${id} has the verdict ${JSON.stringify(verdict)}`)
    return [id, found] as const
  })
  return { name, profile, seed, started, verdicts: new Map(entries) }
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
