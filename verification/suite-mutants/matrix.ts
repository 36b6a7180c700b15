import type { Verdict } from '../../reports/result.ts'
import type { Defect } from './defect.ts'
import { linesOfAgain } from './judge-again.ts'
import type { Trial } from './trial.ts'

/** A requirement that says it catches the defect, and what it said of the defective server. */
export interface Claim {
  readonly id: string
  readonly verdict: Verdict
  /** It blames the defective server, and had nothing to say against the healthy one. */
  readonly kills: boolean
}

export interface Entry {
  readonly name: string
  /** `void`: the defect decided nothing, so there is no verdict. `survived`: a claim is in vain. */
  readonly fate: 'killed' | 'survived' | 'void'
  readonly claims: readonly Claim[]
  readonly firings: number
  /** Requirements that claim nothing: those that blame the server too, that find nothing wrong, and that came to no verdict. */
  readonly noticedBy: readonly string[]
  readonly unnoticedBy: readonly string[]
  readonly unclear: readonly string[]
  /** A line for each row that was judged once more. */
  readonly again: readonly string[]
}

/** Every claim must kill by itself: one that does not is a check that is too weak, or a claim that is wrong. */
export function judgeDefect(defect: Pick<Defect, 'name' | 'kills'>, healthy: Trial, trial: Trial): Entry {
  const claims = defect.kills.map((id): Claim => {
    const verdict = verdictOf(trial, id)
    return { id, verdict, kills: verdictOf(healthy, id) === 'pass' && isBlame(verdict) }
  })
  const others = trial.results.filter(({ id }) => !defect.kills.includes(id))
  const isKilled = claims.every(({ kills }) => kills)
  return {
    name: defect.name,
    fate: trial.firings === 0 ? 'void' : isKilled ? 'killed' : 'survived',
    claims,
    firings: trial.firings,
    noticedBy: idsOf(others, isBlame),
    unnoticedBy: idsOf(others, (verdict) => verdict === 'pass'),
    unclear: idsOf(others, (verdict) => verdict !== 'pass' && !isBlame(verdict)),
    again: linesOfAgain(trial),
  }
}

const idsOf = (results: Trial['results'], are: (verdict: Verdict) => boolean): readonly string[] =>
  results.filter(({ verdict }) => are(verdict)).map(({ id }) => id)

/** Whatever does not pass on the healthy server accuses it, or shows nothing where it should. */
export const accusationsOf = ({ results }: Trial): Trial['results'] =>
  results.filter(({ verdict }) => verdict !== 'pass')

export interface Matrix {
  readonly accusations: Trial['results']
  readonly canary: Entry
  readonly entries: readonly Entry[]
}

/** One for each defect, the canary and the healthy server. A run in which the canary lives has shown nothing. */
export function countOf({ accusations, canary, entries }: Matrix): { passed: number; failed: number } {
  const isVoid = canary.fate !== 'killed'
  const killed = isVoid ? 0 : 1 + entries.filter(({ fate }) => fate === 'killed').length
  const passed = killed + (accusations.length === 0 ? 1 : 0)
  return { passed, failed: entries.length + 2 - passed }
}

/** Neither silence nor our own faults kill: the check must have found the server wrong. */
const isBlame = (verdict: Verdict): boolean => verdict === 'fail' || verdict === 'warn'

const verdictOf = ({ results }: Trial, id: string): Verdict =>
  results.find((result) => result.id === id)?.verdict ?? 'not-selected'
