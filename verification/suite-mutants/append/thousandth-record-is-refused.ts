import { MAX_BATCH_RECORDS } from '../../../proto/limits.ts'
import { invalid, isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const thousandthRecordIsRefused: RulesDefect = {
  name: 'thousandth-record-is-refused',
  seam: 'rules',
  only: 'limit',
  kills: ['REC-003', 'CP-LIM-012'],
  story: 'A batch of exactly 1000 records is refused, as if the limit were exclusive.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const batch = rules.admitBatch(input)
      if (isRefusal(batch) || batch.records.length < MAX_BATCH_RECORDS) return batch
      return fired(invalid('the batch has too many records'))
    },
  }),
}
