import { howMany } from '../../kit/text/how-many.ts'
import type { Verdict } from '../../reports/result.ts'
import { catalogue } from './catalogue.ts'
import { coverage, type State } from './coverage.ts'
import { type JudgedRun, judgedRuns } from './judged.ts'
import type { Row } from './row.ts'

/** The state of a row in the ledger: a requirement alone does not make it tested, a run that judged it does. */
export type LedgerState = State | 'unjudged'

export interface LedgerEntry {
  readonly row: Row
  readonly state: LedgerState
  readonly transports: readonly string[]
  /** What each published run said of it. */
  readonly verdicts: readonly { readonly run: string; readonly verdict: Verdict }[]
  /** Why it is not tested, or both sides where it is disputed. */
  readonly why: string | undefined
}

/** A requirement, as far as the ledger is concerned. */
export interface Tested {
  readonly id: string
  readonly on?: readonly string[]
}

/** What is done about every row, and what the published runs came to. */
export function ledger(
  requirements: readonly Tested[],
  runs: readonly JudgedRun[] = judgedRuns,
  rows: readonly Row[] = catalogue,
): readonly LedgerEntry[] {
  const { stateOf } = coverage(
    requirements.map(({ id }) => id),
    rows,
  )
  const byId = new Map(requirements.map((requirement) => [requirement.id, requirement]))
  return rows.map((row) => {
    const verdicts = runs.flatMap(({ name, verdicts: of }) => {
      const verdict = of.get(row.id)
      return verdict === undefined ? [] : [{ run: name, verdict }]
    })
    const planned = stateOf.get(row.id) ?? 'planned'
    const isJudged = verdicts.some(({ verdict }) => JUDGED.includes(verdict))
    const requirement = byId.get(row.id)
    return {
      row,
      state: planned === 'tested' && !isJudged ? 'unjudged' : planned,
      transports: requirement === undefined ? [] : (requirement.on ?? ['json']),
      verdicts,
      why: row.excluded ?? row.disputed ?? (row.sameAs === undefined ? undefined : `said by ${row.sameAs}`),
    }
  })
}

/** The last line of the ledger: rows by state, and what share of those that bind every S2 is tested. */
export function countLine(entries: readonly LedgerEntry[]): string {
  const counts = STATES.map((state) => `${entries.filter((each) => each.state === state).length} ${state}`)
  const core = entries.filter(({ row, state }) => row.tier === 'core' && state !== 'same-as')
  const tested = core.filter(({ state }) => state === 'tested').length
  const share = ((100 * tested) / core.length).toFixed(1)
  return `${howMany(entries.length, 'rows')}: ${counts.join(', ')}; core: ${tested} of ${core.length} tested, ${share} %`
}

/** Verdicts that say something of the target. */
const JUDGED: readonly Verdict[] = ['pass', 'expected', 'warn', 'fail']

const STATES: readonly LedgerState[] = [
  'tested',
  'same-as',
  'excluded',
  'disputed',
  'background',
  'unjudged',
  'planned',
]
