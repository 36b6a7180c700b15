import { MAX_METERED_BYTES } from '../../../proto/limits.ts'
import { invalid, isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const largestBatchIsRefused: RulesDefect = {
  name: 'largest-batch-is-refused',
  seam: 'rules',
  only: 'limit',
  kills: ['REC-002', 'REC-004', 'APP-059'],
  story: 'A record or batch of exactly 1 MiB is refused, as if the limit were exclusive.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const batch = rules.admitBatch(input)
      if (isRefusal(batch) || batch.size < MAX_METERED_BYTES) return batch
      return fired(invalid('the batch is too large'))
    },
  }),
}
