import type { Requirement } from '../requirement.ts'
import type { Defect } from './defect.ts'
import { accusationsOf, type Entry, judgeDefect, type Matrix } from './matrix.ts'
import { realTime } from './shared-clock.ts'
import { joinTrials, runLaunchedTrial, runTrial, type Trial } from './trial.ts'
import { createVirtualClock } from './virtual-clock.ts'

export interface Trials {
  readonly canary: Defect
  readonly defects: readonly Defect[]
  readonly requirements: readonly Requirement[]
  /** Ids that every server is judged by, whatever its defect. */
  readonly crossSection: readonly string[]
  /** What comes, as it comes: the healthy server, the canary, the defects in their order. */
  readonly onHealthy: (healthy: Trial) => void
  readonly onEntry: (entry: Entry) => void
}

/** Servers under trial at a time. */
const WIDTH = 3

/** Tries the healthy server by itself, by all requirements that are claimed, and then the others, each by those it claims. */
export async function tryAll(trials: Trials): Promise<Matrix> {
  const { canary, defects, requirements, crossSection } = trials
  const all = [canary, ...defects]
  const rows = (...ids: readonly string[]): readonly Requirement[] =>
    requirements.filter(({ id }) => ids.includes(id) || crossSection.includes(id))
  const claimed = (...defects: readonly Defect[]): readonly Requirement[] =>
    rows(...defects.flatMap(({ kills }) => kills))
  const crashing = all.filter(({ only }) => only === 'crash')
  const quick = (defect: Defect): readonly Requirement[] =>
    defect.withholds || defect.only === 'crash'
      ? []
      : claimed(defect).filter((requirement) => !isSlow(requirement))
  const running = all.filter(({ only }) => only !== 'crash')
  const slow = await trySlowly(running, (defect) => (defect.withholds ? [] : claimed(defect).filter(isSlow)))
  // In a time of their own: they ask again and again, and drive it on while others work.
  const withheld = await trySlowly(running, (defect) => (defect.withholds ? claimed(defect) : []))

  const healthy = joinTrials(
    await runTrial([...new Set([rows(), ...all.map(quick)].flat())], realTime),
    slow.healthy,
    withheld.healthy,
    crashing.length === 0 ? undefined : await runLaunchedTrial(claimed(...crashing)),
  )
  trials.onHealthy(healthy)
  const judge = async (defect: Defect): Promise<Entry> => {
    if (defect.only === 'crash')
      return judgeDefect(defect, healthy, await runLaunchedTrial(claimed(defect), defect))
    const trial = await runTrial(quick(defect), realTime, defect)
    return judgeDefect(defect, healthy, joinTrials(trial, slow.of.get(defect), withheld.of.get(defect)))
  }
  const entries: Entry[] = []
  for await (const entry of inOrder(all, judge)) {
    trials.onEntry(entry)
    entries.push(entry)
  }
  const [first, ...others] = entries
  if (first === undefined) throw new Error('the canary was not tried')
  return { accusations: accusationsOf(healthy), canary: first, entries: others }
}

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
): Promise<SlowTrials> {
  const clock = createVirtualClock()
  const trial = async (rows: readonly Requirement[], defect?: Defect): Promise<Trial | undefined> =>
    rows.length === 0 ? undefined : await runTrial(rows, clock, defect)
  const healthy = trial([...new Set(defects.flatMap(slowRows))])
  const tried = defects.map(async (defect) => [defect, await trial(slowRows(defect), defect)] as const)
  const of = new Map<Defect, Trial>()
  for (const [defect, found] of await Promise.all(tried)) if (found !== undefined) of.set(defect, found)
  return { healthy: await healthy, of }
}

/** The outcomes in the order of the items, some of them under way at a time. */
async function* inOrder<Item, Outcome>(
  items: readonly Item[],
  work: (item: Item) => Promise<Outcome>,
): AsyncGenerator<Outcome, void, undefined> {
  const running: Promise<Outcome>[] = []
  for (const item of items) {
    running.push(work(item))
    const first = running.length < WIDTH ? undefined : running.shift()
    if (first !== undefined) yield await first
  }
  yield* running
}
