import type { BatchRecord } from '../../../reference-server/semantics/batch/batch.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const trimsAreOnlyWrittenDown: RulesDefect = {
  name: 'trims-are-only-written-down',
  seam: 'rules',
  withholds: true,
  kills: ['CMD-016', 'CMD-020'],
  story: 'A trim is stored as a record and never obeyed.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const batch = rules.admitBatch(input)
      if (isRefusal(batch)) return batch
      const records = batch.records.map(
        (record): BatchRecord =>
          record.effect.command === 'trim' ? fired({ ...record, effect: { command: 'none' } }) : record,
      )
      return { ...batch, records }
    },
  }),
}
