import type { RulesDefect } from '../defect.ts'
import { liveRecords } from '../follow/live-records.ts'

export const followerGetsOneRecordABatch: RulesDefect = {
  name: 'follower-gets-one-record-a-batch',
  seam: 'rules',
  only: 'transport',
  withholds: true,
  kills: ['LIN-024'],
  story: 'A follower gets the first record of a batch and not the others.',
  apply(rules, fired) {
    const { append, areLive } = liveRecords(rules)
    return {
      ...rules,
      append,
      takeRecords(records, budget) {
        const isCut = records.length > 1 && areLive(records)
        return rules.takeRecords(isCut ? fired(records.slice(0, 1)) : records, budget)
      },
    }
  },
}
