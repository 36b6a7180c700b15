import type { BatchRecord } from '../../../reference-server/semantics/batch/batch.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const onlyLoneCommandsAreObeyed: RulesDefect = {
  name: 'only-lone-commands-are-obeyed',
  seam: 'rules',
  kills: ['CMD-012'],
  story: 'A fence or trim among other records is stored and not obeyed.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const batch = rules.admitBatch(input)
      if (isRefusal(batch) || batch.records.length === 1) return batch
      const records = batch.records.map(
        (record): BatchRecord =>
          record.effect.command === 'none' ? record : fired({ ...record, effect: { command: 'none' } }),
      )
      return { ...batch, records }
    },
  }),
}
