import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const bodiesEndAtANul: RulesDefect = {
  name: 'bodies-end-at-a-nul',
  seam: 'rules',
  kills: ['APP-009'],
  story: 'A body is kept up to its first zero byte, as if it were a string of C.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const batch = rules.admitBatch(input)
      if (isRefusal(batch)) return batch
      return {
        ...batch,
        records: batch.records.map((record) => {
          const end = record.body.indexOf(0)
          if (end === -1 || record.effect.command !== 'none') return record
          return fired({ ...record, body: record.body.subarray(0, end) })
        }),
      }
    },
  }),
}
