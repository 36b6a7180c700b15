import type { Requirement } from '../../conformance/check/requirement.ts'
import type { Defect } from './defect.ts'
import { accusationsOf, type Entry, judgeDefect, type Matrix } from './matrix.ts'
import { realTime } from './shared-clock.ts'
import {
  joinTrials,
  runLaunchedTrial,
  runStalledTrial,
  runTokenTrial,
  runTrial,
  type Trial,
} from './trial.ts'
import { createVirtualClock } from './virtual-clock.ts'

export interface Trials {
  readonly canary: Defect
  readonly defects: readonly Defect[]
  readonly requirements: readonly Requirement[]
  /** Ids that every server is judged by, whatever its defect. */
  readonly crossSection: readonly string[]
  /** Ids that a defect is tried by besides, of rows that are known to pass on the healthy server; none unless told. */
  readonly beside?: (defect: Defect) => readonly string[]
  /** Servers under trial at a time; 3 unless told. */
  readonly width?: number
  /** What comes, as it comes: the healthy server, the canary, the defects in their order. */
  readonly onHealthy: (healthy: Trial) => void
  readonly onEntry: (entry: Entry) => void
}

/** Tries the healthy server by itself, by all requirements that are claimed, and then the others, each by those it claims. */
export async function tryAll(trials: Trials): Promise<Matrix> {
  const { canary, defects, width = 3 } = trials
  const all = [canary, ...defects]
  const rows = rowsOf(trials)
  const plain = all.filter((defect) => settingOf(defect) === undefined)
  const slow = await trySlowly(plain, rows.slow)
  // In a time of their own: they ask again and again, and drive it on while others work.
  const withheld = await trySlowly(plain, rows.withheld)
  const stalled = await trySlowly(
    all.filter((defect) => settingOf(defect) === 'storage'),
    rows.all,
    runStalledTrial,
  )
  const quick = await runTrial(union(plain.map(rows.quick)), realTime)
  const elsewhere: Trial[] = []
  for (const [setting, runThere] of Object.entries(SETTINGS)) {
    const there = union(all.filter((defect) => settingOf(defect) === setting).map(rows.all))
    if (there.length > 0) elsewhere.push(await runThere(there))
  }
  const healthy = joinTrials(quick, slow.healthy, withheld.healthy, stalled.healthy, ...elsewhere)
  trials.onHealthy(healthy)
  const trialOf = async (defect: Defect): Promise<Trial> => {
    const setting = settingOf(defect)
    if (setting === 'storage') return joinTrials(stalled.of.get(defect))
    if (setting !== undefined) return await SETTINGS[setting](rows.all(defect), defect)
    const trial = await runTrial(union([rows.quick(defect), rows.beside(defect)]), realTime, defect)
    return joinTrials(trial, slow.of.get(defect), withheld.of.get(defect))
  }
  const judge = async (defect: Defect): Promise<Entry> => judgeDefect(defect, healthy, await trialOf(defect))
  const entries: Entry[] = []
  for await (const entry of inOrder(all, width, judge)) {
    trials.onEntry(entry)
    entries.push(entry)
  }
  const [first, ...others] = entries
  if (first === undefined) throw new Error('the canary was not tried')
  return { accusations: accusationsOf(healthy), canary: first, entries: others }
}

type Setting = 'disk' | 'tokens' | 'storage'

/** Servers of another kind, in real time, each with what is tried on it. */
const SETTINGS = { disk: runLaunchedTrial, tokens: runTokenTrial } as const

/** Undefined for a server in this process that is nothing but that. */
export const settingOf = ({ only, where }: Defect): Setting | undefined =>
  where ?? (only === 'crash' ? 'disk' : undefined)

/** What each defect is tried by, in which time. */
function rowsOf({ requirements, crossSection, beside = () => [] }: Trials) {
  type Rows = (defect: Defect) => readonly Requirement[]
  const those = (ids: readonly string[]): readonly Requirement[] =>
    requirements.filter(({ id }) => ids.includes(id))
  const claimed: Rows = ({ kills }) => those([...kills, ...crossSection])
  const besides: Rows = (defect) => those(beside(defect)).filter((row) => !claimed(defect).includes(row))
  return {
    quick: (defect) => (defect.withholds ? [] : claimed(defect).filter((row) => !isSlow(row))),
    slow: (defect) => (defect.withholds ? [] : claimed(defect).filter(isSlow)),
    withheld: (defect) => (defect.withholds ? claimed(defect) : []),
    beside: besides,
    all: (defect) => union([claimed(defect), besides(defect)]),
  } satisfies Record<string, Rows>
}

const union = (groups: readonly (readonly Requirement[])[]): readonly Requirement[] => [
  ...new Set(groups.flat()),
]

/** Rows that demand to wait do so in virtual time, as those do that wait for what a defect withholds. */
export const isSlow = ({ seconds = 0 }: Requirement): boolean => seconds >= SLOW_SECONDS
const SLOW_SECONDS = 5

interface SlowTrials {
  readonly healthy: Trial | undefined
  readonly of: ReadonlyMap<Defect, Trial>
}

/** All at once: they share one virtual time, and it goes on only when all of them wait. */
async function trySlowly(
  defects: readonly Defect[],
  slowRows: (defect: Defect) => readonly Requirement[],
  run: typeof runTrial = runTrial,
): Promise<SlowTrials> {
  const clock = createVirtualClock()
  const trial = async (rows: readonly Requirement[], defect?: Defect): Promise<Trial | undefined> =>
    rows.length === 0 ? undefined : await run(rows, clock, defect)
  const healthy = trial([...new Set(defects.flatMap(slowRows))])
  const tried = defects.map(async (defect) => [defect, await trial(slowRows(defect), defect)] as const)
  const of = new Map<Defect, Trial>()
  for (const [defect, found] of await Promise.all(tried)) if (found !== undefined) of.set(defect, found)
  return { healthy: await healthy, of }
}

/** The outcomes in the order of the items, some of them under way at a time. */
async function* inOrder<Item, Outcome>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Outcome>,
): AsyncGenerator<Outcome, void, undefined> {
  const running: Promise<Outcome>[] = []
  for (const item of items) {
    running.push(work(item))
    const first = running.length < width ? undefined : running.shift()
    if (first !== undefined) yield await first
  }
  yield* running
}
