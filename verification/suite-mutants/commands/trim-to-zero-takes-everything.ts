import { MAX_U64 } from '../../../proto/limits.ts'
import type { BatchRecord } from '../../../reference-server/semantics/batch/batch.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const trimToZeroTakesEverything: RulesDefect = {
  name: 'trim-to-zero-takes-everything',
  seam: 'rules',
  kills: ['CMD-018'],
  story: 'A trim to number 0 removes all records instead of none.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const batch = rules.admitBatch(input)
      if (isRefusal(batch)) return batch
      const records = batch.records.map((record): BatchRecord => {
        const { effect } = record
        if (effect.command !== 'trim' || effect.upTo > 0n) return record
        return fired({ ...record, effect: { ...effect, upTo: MAX_U64 } })
      })
      return { ...batch, records }
    },
  }),
}
