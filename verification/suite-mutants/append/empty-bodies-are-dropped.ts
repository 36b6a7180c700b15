import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const emptyBodiesAreDropped: RulesDefect = {
  name: 'empty-bodies-are-dropped',
  seam: 'rules',
  kills: ['REC-006'],
  story: 'A record with neither headers nor a body is passed over, if its batch has others.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const batch = rules.admitBatch(input)
      if (isRefusal(batch)) return batch
      const filled = batch.records.filter(({ headers, body }) => headers.length > 0 || body.length > 0)
      const isWhole = filled.length === 0 || filled.length === batch.records.length
      return isWhole ? batch : fired({ ...batch, records: filled })
    },
  }),
}
