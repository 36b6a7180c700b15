import type { RulesDefect } from '../defect.ts'
import { liveRecords } from '../follow/live-records.ts'

export const liveBatchComesTwice: RulesDefect = {
  name: 'live-batch-comes-twice',
  seam: 'rules',
  only: 'transport',
  kills: ['READ-053'],
  story: 'A follower gets the last record of a batch twice.',
  apply(rules, fired) {
    const { append, areLive } = liveRecords(rules)
    return {
      ...rules,
      append,
      takeRecords(records, budget) {
        const taken = rules.takeRecords(records, budget)
        const last = taken.records.at(-1)
        if (last === undefined || !areLive(records)) return taken
        return fired({ ...taken, records: [...taken.records, last] })
      },
    }
  },
}
