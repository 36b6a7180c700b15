import { sizeOf } from '../../../reference-server/semantics/read/kept-record.ts'
import type { RulesDefect } from '../defect.ts'

export const firstRecordComesInAnyCase: RulesDefect = {
  name: 'first-record-comes-in-any-case',
  seam: 'rules',
  only: 'limit',
  kills: ['READ-022'],
  story: 'A read whose byte bound is smaller than its first record delivers it nevertheless.',
  apply: (rules, fired) => ({
    ...rules,
    takeRecords(records, budget) {
      const taken = rules.takeRecords(records, budget)
      const [first] = records
      const isCut =
        first !== undefined && taken.records.length === 0 && budget.bytes !== undefined && budget.bytes > 0n
      if (!isCut || sizeOf(first) <= budget.bytes) return taken
      return fired({ ...taken, records: [first] })
    },
  }),
}
