import { isSealed } from '../../../reference-server/semantics/read/kept-record.ts'
import type { RulesDefect } from '../defect.ts'

export const bytesBoundIgnoresHeaders: RulesDefect = {
  name: 'bytes-bound-ignores-headers',
  seam: 'rules',
  kills: ['CMD-009', 'READ-021', 'REC-001'],
  story: 'A read bounded by bytes delivers too much: the headers of records do not count.',
  apply: (rules, fired) => ({
    ...rules,
    takeRecords(records, budget) {
      const counted = records.map((record) => ({ ...record, headers: [] }))
      const { records: within, left, done } = rules.takeRecords(counted, budget)
      const taken = { records: records.slice(0, within.length), left, done }
      const isMiscounted =
        budget.bytes !== undefined &&
        taken.records.some((record) => !isSealed(record) && record.headers.length > 0)
      return isMiscounted ? fired(taken) : taken
    },
  }),
}
