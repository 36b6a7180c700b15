import type { BatchRecord } from '../../../reference-server/semantics/batch/batch.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const trimsPast2ToThe63DoNothing: RulesDefect = {
  name: 'trims-past-2-to-the-63-do-nothing',
  seam: 'rules',
  only: 'limit',
  withholds: true,
  kills: ['CMD-019'],
  story: 'A trim to a number beyond the largest signed one is taken for negative and ignored.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const batch = rules.admitBatch(input)
      if (isRefusal(batch)) return batch
      const records = batch.records.map((record): BatchRecord => {
        const { effect } = record
        if (effect.command !== 'trim' || effect.upTo < 2n ** 63n) return record
        return fired({ ...record, effect: { ...effect, upTo: 0n } })
      })
      return { ...batch, records }
    },
  }),
}
