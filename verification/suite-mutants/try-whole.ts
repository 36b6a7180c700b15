import type { Requirement } from '../../conformance/check/requirement.ts'
import type { Defect } from './defect.ts'
import type { Entry } from './matrix.ts'
import { findReach } from './reach.ts'
import { renderEntry, renderHealthy } from './render.ts'
import type { Trial } from './trial.ts'
import { isSlow, settingOf, tryAll } from './try-all.ts'
import { isTried, type WholeEntry, type WholeMatrix, whyLeft } from './whole-matrix.ts'

export interface WholeTrials {
  readonly canary: Defect
  readonly defects: readonly Defect[]
  readonly requirements: readonly Requirement[]
  /** What an earlier run has come to: it is carried on. */
  readonly earlier: WholeMatrix | undefined
  /** Called with all that is known, whenever there is more. */
  readonly keep: (matrix: WholeMatrix) => void
  readonly say: (line: string) => void
}

/** Defective servers under trial at a time; most of them wait for what does not come. */
const WIDTH = 6

/** Every defect by every requirement that it can be seen by. */
export async function tryWhole(trials: WholeTrials): Promise<WholeMatrix> {
  const { canary, requirements, earlier, say } = trials
  const isMissing = (defect: Defect): boolean => earlier === undefined || !isTried(earlier, defect)
  const missing = trials.defects.filter(isMissing)
  if (earlier !== undefined && missing.length === 0 && !isMissing(canary)) return earlier

  say(`${missing.length} of ${trials.defects.length} defects to try`)
  const known = await meetings(trials, [canary, ...missing])
  trials.keep(known)
  const meets = ({ name }: Defect): number => known.pending[name]?.length ?? 0
  let matrix = known
  const begun = performance.now()
  let done = 0
  await tryAll({
    canary,
    // Those that meet few come first, so that a run that ends before its time has tried most of them.
    defects: missing.toSorted((one, other) => meets(one) - meets(other)),
    requirements,
    crossSection: [],
    beside: besideOf(requirements, ({ name }) => known.pending[name] ?? []),
    width: WIDTH,
    onHealthy: (healthy) => say(renderHealthy(healthy)),
    onEntry(entry) {
      const { [entry.name]: _, ...pending } = matrix.pending
      matrix = { ...matrix, pending, defects: { ...matrix.defects, [entry.name]: toWhole(entry) } }
      trials.keep(matrix)
      done += 1
      const left = missing.length + 1 - done
      const minutes = ((performance.now() - begun) / done / 60_000) * left
      say(`${renderEntry(entry, 44)}; ${left} left, about ${minutes.toFixed(0)} min`)
    },
  })
  return matrix
}

/** The matrix so far, with what each of these meets among the requirements that all are tried by. */
async function meetings(
  { requirements, earlier, say }: WholeTrials,
  missing: readonly Defect[],
): Promise<WholeMatrix> {
  const asked = missing.filter((defect) => earlier?.pending[defect.name] === undefined && isFollowed(defect))
  if (earlier !== undefined && asked.length === 0) return earlier
  const possible = requirements.filter((requirement) => whyLeft(requirement) === undefined)
  say(`which of ${possible.length} requirements do ${asked.length} of them meet?`)
  const reach = await findReach(asked, possible, (count) => {
    if (count % 50 === 0) say(`${count} requirements followed`)
  })
  const chosen = earlier ?? { ...chooseRows(requirements, reach.healthy), defects: {}, pending: {} }
  const met = asked.map((defect): readonly [string, readonly string[]] => [
    defect.name,
    reach.of(defect).filter((id) => chosen.requirements.includes(id)),
  ])
  return { ...chosen, pending: { ...chosen.pending, ...Object.fromEntries(met) } }
}

/** One whose server is of another kind is tried by all that is about such a server. */
const isFollowed = (defect: Defect): boolean => settingOf(defect) === undefined

/**
 * What a defect is tried by besides its claims. Those that need a server of another kind decide nothing on the one that was
 * followed: they are tried by all that is about such a server.
 */
function besideOf(
  requirements: readonly Requirement[],
  met: (defect: Defect) => readonly string[],
): (defect: Defect) => readonly string[] {
  const idsOf = (are: (requirement: Requirement) => boolean): readonly string[] =>
    requirements.filter((requirement) => !isSlow(requirement) && are(requirement)).map(({ id }) => id)
  const about = {
    disk: idsOf(({ needs }) => needs.includes('restart') && !needs.includes('storage')),
    tokens: idsOf(({ needs }) => needs.includes('access-tokens') || needs.includes('authentication')),
    storage: idsOf(({ needs }) => needs.includes('storage')),
  }
  return (defect) => {
    const setting = settingOf(defect)
    return setting === undefined ? met(defect) : about[setting]
  }
}

function toWhole({ fate, claims, noticedBy, unnoticedBy, unclear }: Entry): WholeEntry {
  const claimsThat = (kill: boolean): readonly string[] =>
    claims.filter(({ kills }) => kills === kill).map(({ id }) => id)
  return { fate, claimedBy: claimsThat(true), inVain: claimsThat(false), noticedBy, unnoticedBy, unclear }
}

/** The requirements that all are tried by: those that pass on the healthy server, alone. */
function chooseRows(
  requirements: readonly Requirement[],
  { results }: Trial,
): Pick<WholeMatrix, 'requirements' | 'left'> {
  const verdicts = new Map(results.map(({ id, verdict }) => [id, verdict]))
  const reasons = requirements.map((requirement): readonly [string, string | undefined] => {
    const verdict = verdicts.get(requirement.id)
    const why = verdict === 'pass' ? undefined : `${verdict} on the healthy server`
    return [requirement.id, whyLeft(requirement) ?? why]
  })
  return {
    requirements: reasons.flatMap(([id, why]) => (why === undefined ? [id] : [])),
    left: Object.fromEntries(reasons.flatMap(([id, why]) => (why === undefined ? [] : [[id, why]]))),
  }
}
