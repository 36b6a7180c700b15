import type { RulesDefect } from '../defect.ts'
import { liveRecords } from '../follow/live-records.ts'

export const untilIsForgottenAtTheTail: RulesDefect = {
  name: 'until-is-forgotten-at-the-tail',
  seam: 'rules',
  only: 'transport',
  withholds: true,
  kills: ['READ-036'],
  story: 'A session that follows goes on beyond the time that it is bounded by.',
  apply(rules, fired) {
    const { append, areLive } = liveRecords(rules)
    return {
      ...rules,
      append,
      takeRecords(records, budget) {
        const isBound = budget.until !== undefined && areLive(records)
        return rules.takeRecords(records, isBound ? fired({ ...budget, until: undefined }) : budget)
      },
    }
  },
}
