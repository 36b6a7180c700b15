import type { Budget } from '../../../reference-server/semantics/read/read-bounds.ts'
import type { Fired, RulesDefect } from '../defect.ts'

export const zeroBoundsAreNoBounds: RulesDefect = {
  name: 'zero-bounds-are-no-bounds',
  seam: 'rules',
  only: 'limit',
  kills: ['READ-023', 'READ-024'],
  story: 'A read of at most 0 records or bytes delivers as if it were not bounded.',
  apply(rules, fired) {
    return {
      ...rules,
      unaryEnd: (end) => rules.unaryEnd(unbounded(end, fired)),
      isSpent: (budget) => (rules.isSpent(budget) ? fired(false) : false),
      takeRecords: (records, budget) => rules.takeRecords(records, unbounded(budget, fired)),
    }
  },
}

/** Without the bounds that are 0. */
function unbounded<End extends Partial<Pick<Budget, 'count' | 'bytes'>>>(end: End, fired: Fired): End {
  if (end.count !== 0n && end.bytes !== 0n) return end
  return fired({
    ...end,
    ...(end.count === 0n && { count: undefined }),
    ...(end.bytes === 0n && { bytes: undefined }),
  })
}
