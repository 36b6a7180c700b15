import { MAX_BATCH_RECORDS } from '../../../proto/limits.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const batchesAreMeasuredRecordByRecord: RulesDefect = {
  name: 'batches-are-measured-record-by-record',
  seam: 'rules',
  only: 'limit',
  kills: ['REC-004', 'CP-LIM-012'],
  story: 'A batch of more than 1 MiB is appended as long as none of its records is larger.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const batch = rules.admitBatch(input)
      const { length } = input.records
      if (!isRefusal(batch) || length < 2 || length > MAX_BATCH_RECORDS) return batch
      const halves = [input.records.slice(0, length >> 1), input.records.slice(length >> 1)]
      const [left, right] = halves.map((records) => rules.admitBatch({ ...input, records }))
      if (left === undefined || right === undefined || isRefusal(left) || isRefusal(right)) return batch
      return fired({ ...left, records: [...left.records, ...right.records], size: left.size + right.size })
    },
  }),
}
