import type { RulesDefect } from '../defect.ts'

export const countIsThatOfABatch: RulesDefect = {
  name: 'count-is-that-of-a-batch',
  seam: 'rules',
  only: 'transport',
  withholds: true,
  kills: ['READ-034'],
  story: 'The bound of a session is counted anew for every batch.',
  apply: (rules, fired) => ({
    ...rules,
    takeRecords(records, budget) {
      const taken = rules.takeRecords(records, budget)
      if (budget.count === undefined || taken.records.length === 0 || taken.left.count === 0n) return taken
      return fired({ ...taken, left: { ...taken.left, count: budget.count } })
    },
  }),
}
