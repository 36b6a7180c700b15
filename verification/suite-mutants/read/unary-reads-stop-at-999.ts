import { MAX_BATCH_RECORDS } from '../../../proto/limits.ts'
import type { RulesDefect } from '../defect.ts'

export const unaryReadsStopAt999: RulesDefect = {
  name: 'unary-reads-stop-at-999',
  seam: 'rules',
  only: 'limit',
  kills: ['READ-030'],
  story: 'A unary read delivers 999 records where 1000 are allowed.',
  apply: (rules, fired) => ({
    ...rules,
    unaryEnd(end) {
      const bounded = rules.unaryEnd(end)
      return bounded.count === BigInt(MAX_BATCH_RECORDS)
        ? fired({ ...bounded, count: bounded.count - 1n })
        : bounded
    },
  }),
}
