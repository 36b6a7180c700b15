import { MAX_U64 } from '../../../proto/limits.ts'
import type { BatchRecord } from '../../../reference-server/semantics/batch/batch.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const trimTakesOneRecordMore: RulesDefect = {
  name: 'trim-takes-one-record-more',
  seam: 'rules',
  kills: ['CMD-016'],
  story: 'A trim also removes the record that it is to keep first.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const batch = rules.admitBatch(input)
      if (isRefusal(batch)) return batch
      const records = batch.records.map((record): BatchRecord => {
        const { effect } = record
        if (effect.command !== 'trim' || effect.upTo === MAX_U64 || effect.upTo === 0n) return record
        return fired({ ...record, effect: { ...effect, upTo: effect.upTo + 1n } })
      })
      return { ...batch, records }
    },
  }),
}
