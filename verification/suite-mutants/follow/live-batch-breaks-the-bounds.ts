import type { RulesDefect } from '../defect.ts'
import { takingLive } from './live-records.ts'

export const liveBatchBreaksTheBounds: RulesDefect = {
  name: 'live-batch-breaks-the-bounds',
  seam: 'rules',
  only: 'transport',
  kills: ['READ-034', 'READ-035', 'READ-045'],
  story: 'A read that waits at the tail delivers the whole of the batch that comes, whatever its bounds.',
  apply: (rules, fired) =>
    takingLive(rules, (rule) => (records, budget) => {
      const taken = rule(records, budget)
      return taken.records.length === records.length ? taken : fired({ ...taken, records })
    }),
}
