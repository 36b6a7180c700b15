import type { RulesDefect } from '../defect.ts'
import { liveRecords } from './live-records.ts'

export const liveBatchBreaksTheBounds: RulesDefect = {
  name: 'live-batch-breaks-the-bounds',
  seam: 'rules',
  only: 'transport',
  kills: ['READ-034', 'READ-035', 'READ-045'],
  story: 'A read that waits at the tail delivers the whole of the batch that comes, whatever its bounds.',
  apply(rules, fired) {
    const { append, areLive } = liveRecords(rules)
    return {
      ...rules,
      append,
      takeRecords(records, budget) {
        const taken = rules.takeRecords(records, budget)
        if (taken.records.length === records.length || !areLive(records)) return taken
        return fired({ ...taken, records })
      },
    }
  },
}
