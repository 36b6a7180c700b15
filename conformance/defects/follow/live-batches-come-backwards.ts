import type { RulesDefect } from '../defect.ts'
import { liveRecords } from '../follow/live-records.ts'

export const liveBatchesComeBackwards: RulesDefect = {
  name: 'live-batches-come-backwards',
  seam: 'rules',
  only: 'transport',
  kills: ['LIN-024'],
  story: 'A follower gets the records of a batch in the wrong order.',
  apply(rules, fired) {
    const { append, areLive } = liveRecords(rules)
    return {
      ...rules,
      append,
      takeRecords(records, budget) {
        const isTurned = records.length > 1 && areLive(records)
        return rules.takeRecords(isTurned ? fired(records.toReversed()) : records, budget)
      },
    }
  },
}
