import type { Requirement } from '../requirement.ts'
import type { Defect } from './defect.ts'
import { accusationsOf, type Entry, judgeDefect, type Matrix } from './matrix.ts'
import { runTrial, type Trial } from './trial.ts'

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
  const rows = (...ids: readonly string[]): readonly Requirement[] =>
    requirements.filter(({ id }) => ids.includes(id) || crossSection.includes(id))

  const all = [canary, ...defects]
  const healthy = await runTrial(rows(...all.flatMap(({ kills }) => kills)))
  trials.onHealthy(healthy)
  const judge = async (defect: Defect): Promise<Entry> =>
    judgeDefect(defect, healthy, await runTrial(rows(...defect.kills), defect))
  const entries: Entry[] = []
  for await (const entry of inOrder(all, judge)) {
    trials.onEntry(entry)
    entries.push(entry)
  }
  const [first, ...others] = entries
  if (first === undefined) throw new Error('the canary was not tried')
  return { accusations: accusationsOf(healthy), canary: first, entries: others }
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
