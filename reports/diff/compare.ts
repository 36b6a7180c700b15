import type { Verdict } from '../result.ts'
import { steady } from '../stable.ts'
import type { ReadReport, ReadRow } from './read.ts'

/** What became of a row from one report to the next. */
export type Change =
  /** Worse than before, or failing where it was not judged before. */
  | 'regressed'
  /** It was decided, and is not any more: inconclusive, an error, or the run ended before. */
  | 'newly inconclusive'
  /** It was judged, and is not any more. */
  | 'no longer judged'
  | 'gone'
  | 'fixed'
  /** Fails as before and for another reason. */
  | 'fails otherwise'
  /** Judged for the first time, and not failing. */
  | 'newly judged'
  | 'new'
  /** Its statement was changed: the verdicts are not about the same thing. */
  | 'reworded'

/** What needs eyes first. */
export const CHANGES: readonly Change[] = [
  'regressed',
  'newly inconclusive',
  'no longer judged',
  'gone',
  'fails otherwise',
  'fixed',
  'newly judged',
  'new',
  'reworded',
]

export interface ChangedRow {
  readonly id: string
  readonly title: string
  readonly change: Change
  readonly before?: Verdict
  readonly after?: Verdict
  /** Of the new report; absent where it passes. */
  readonly reason?: string
}

export interface Comparison {
  readonly before: string
  readonly after: string
  /** In the order of `CHANGES`, then of ids; a row that is reworded may stand there twice. */
  readonly rows: readonly ChangedRow[]
  readonly unchanged: number
}

export function compare(before: ReadReport, after: ReadReport): Comparison {
  const ids = [...new Set([...before.rows.keys(), ...after.rows.keys()])].toSorted()
  const rows: ChangedRow[] = []
  let unchanged = 0
  for (const id of ids) {
    const changes = changesOf(before.rows.get(id), after.rows.get(id))
    if (changes.length === 0) unchanged += 1
    for (const change of changes) rows.push(describe(change, before.rows.get(id), after.rows.get(id)))
  }
  return {
    before: before.about,
    after: after.about,
    rows: CHANGES.flatMap((change) => rows.filter((row) => row.change === change)),
    unchanged,
  }
}

function changesOf(before: ReadRow | undefined, after: ReadRow | undefined): readonly Change[] {
  if (after === undefined) return ['gone']
  if (before === undefined) return [newcomer(after)]
  const change = changeOf(before, after)
  const isReworded =
    before.statement !== undefined && after.statement !== undefined && before.statement !== after.statement
  return [...(change === undefined ? [] : [change]), ...(isReworded ? (['reworded'] as const) : [])]
}

function newcomer({ verdict }: ReadRow): Change {
  if (verdict === 'fail') return 'regressed'
  return OPEN.has(verdict) ? 'newly inconclusive' : 'new'
}

/** How bad a verdict is; what did not come to one has none. */
const BADNESS: Readonly<Partial<Record<Verdict, number>>> = { pass: 0, expected: 1, warn: 1, fail: 2 }
const OPEN: ReadonlySet<Verdict> = new Set<Verdict>(['inconclusive', 'error', 'not-run'])

function changeOf(before: ReadRow, after: ReadRow): Change | undefined {
  const was = BADNESS[before.verdict]
  const is = BADNESS[after.verdict]
  if (is !== undefined && was !== undefined) {
    if (is !== was) return is > was ? 'regressed' : 'fixed'
    return after.verdict === 'fail' && steady(before.reason) !== steady(after.reason)
      ? 'fails otherwise'
      : undefined
  }
  if (is !== undefined) return firstJudged(before.verdict, after.verdict)
  if (OPEN.has(after.verdict)) return OPEN.has(before.verdict) ? undefined : 'newly inconclusive'
  return was !== undefined || OPEN.has(before.verdict) ? 'no longer judged' : undefined
}

/** Of a row that came to no verdict before and comes to this one now. */
function firstJudged(before: Verdict, after: Verdict): Change {
  if (after === 'fail') return 'regressed'
  return after === 'pass' && OPEN.has(before) ? 'fixed' : 'newly judged'
}

function describe(change: Change, before: ReadRow | undefined, after: ReadRow | undefined): ChangedRow {
  const { id, title } = after ?? before ?? { id: '', title: '' }
  return {
    id,
    title,
    change,
    ...(before !== undefined && { before: before.verdict }),
    ...(after !== undefined && { after: after.verdict }),
    ...(after !== undefined && after.reason !== '' && { reason: after.reason }),
  }
}

/** Nothing got worse; something did; or that cannot be said, for something is not decided or not judged any more. */
export type Finding = 'no worse' | 'worse' | 'not known'

export function findingOf({ rows }: Comparison): Finding {
  const has = (...changes: readonly Change[]): boolean => rows.some(({ change }) => changes.includes(change))
  if (has('regressed')) return 'worse'
  return has('newly inconclusive', 'no longer judged', 'gone') ? 'not known' : 'no worse'
}
