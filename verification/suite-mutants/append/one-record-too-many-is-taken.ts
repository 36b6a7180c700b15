import { MAX_BATCH_RECORDS } from '../../../proto/limits.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const oneRecordTooManyIsTaken: RulesDefect = {
  name: 'one-record-too-many-is-taken',
  seam: 'rules',
  only: 'limit',
  kills: ['REC-003', 'CP-LIM-012'],
  story: 'A batch of 1001 records is appended, as if the count began at 0.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      if (input.records.length !== MAX_BATCH_RECORDS + 1) return rules.admitBatch(input)
      const most = rules.admitBatch({ ...input, records: input.records.slice(0, -1) })
      const last = rules.admitBatch({ ...input, records: input.records.slice(-1) })
      if (isRefusal(most) || isRefusal(last)) return most
      return fired({ ...most, records: [...most.records, ...last.records], size: most.size + last.size })
    },
  }),
}
