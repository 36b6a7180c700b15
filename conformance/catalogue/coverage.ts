import { catalogue } from './catalogue.ts'
import type { Row, Tier } from './row.ts'

/** What became of a row; the first that applies, in this order. */
export type State = 'tested' | 'same-as' | 'excluded' | 'background' | 'disputed' | 'planned'

/** How many rows are in each state. */
export type Counts = Readonly<Record<State, number>>

export interface Coverage {
  readonly stateOf: ReadonlyMap<string, State>
  readonly byArea: ReadonlyMap<string, Counts>
  readonly byTier: ReadonlyMap<Tier, Counts>
}

/**
 * The state of every row, given the ids that have a requirement: a disputed row with a requirement is tested, one
 * without is disputed. Throws an Error on an id that is not among the rows.
 */
export function coverage(testedIds: Iterable<string>, rows: readonly Row[] = catalogue): Coverage {
  const tested = new Set(testedIds)
  const stateOf = new Map(rows.map((row) => [row.id, stateOfRow(row, tested)]))
  for (const id of tested) {
    if (!stateOf.has(id))
      throw new Error(`a requirement names the row "${id}", which the catalogue does not have`)
  }
  return {
    stateOf,
    byArea: countBy(rows, tested, (row) => row.area),
    byTier: countBy(rows, tested, (row) => row.tier),
  }
}

function stateOfRow(row: Row, tested: ReadonlySet<string>): State {
  if (tested.has(row.id)) return 'tested'
  if (row.sameAs !== undefined) return 'same-as'
  if (row.excluded !== undefined) return 'excluded'
  if (row.tier === 'background') return 'background'
  return row.disputed === undefined ? 'planned' : 'disputed'
}

function countBy<K>(
  rows: readonly Row[],
  tested: ReadonlySet<string>,
  key: (row: Row) => K,
): ReadonlyMap<K, Counts> {
  const groups = Map.groupBy(rows, key)
  return new Map(Array.from(groups, ([group, own]) => [group, countStates(own, tested)]))
}

function countStates(rows: readonly Row[], tested: ReadonlySet<string>): Counts {
  const counts = { tested: 0, 'same-as': 0, excluded: 0, background: 0, disputed: 0, planned: 0 }
  for (const row of rows) counts[stateOfRow(row, tested)] += 1
  return counts
}
