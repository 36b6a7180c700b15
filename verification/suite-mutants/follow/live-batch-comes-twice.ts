import type { RulesDefect } from '../defect.ts'
import { takingLive } from './live-records.ts'

export const liveBatchComesTwice: RulesDefect = {
  name: 'live-batch-comes-twice',
  seam: 'rules',
  only: 'transport',
  kills: ['READ-053', 'PROP-002'],
  story: 'A follower gets the last record of a batch twice.',
  apply: (rules, fired) =>
    takingLive(rules, (rule) => (records, budget) => {
      const taken = rule(records, budget)
      const last = taken.records.at(-1)
      return last === undefined ? taken : fired({ ...taken, records: [...taken.records, last] })
    }),
}
