import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const emptyHeaderNamesAreTaken: RulesDefect = {
  name: 'empty-header-names-are-taken',
  seam: 'rules',
  kills: ['REC-008'],
  story: 'A record may have headers without a name beside others.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const isNamed = input.records.map(
        ({ headers }) => headers.length < 2 || headers.every(({ name }) => name.length > 0),
      )
      if (isNamed.every(Boolean)) return rules.admitBatch(input)
      const batch = rules.admitBatch({
        ...input,
        records: input.records.map((record, index) => (isNamed[index] ? record : { ...record, headers: [] })),
      })
      if (isRefusal(batch)) return batch
      const records = batch.records.map((record, index) => ({
        ...record,
        headers: input.records[index]?.headers ?? record.headers,
      }))
      return fired({ ...batch, records })
    },
  }),
}
