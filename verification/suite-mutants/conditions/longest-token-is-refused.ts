import { MAX_FENCING_TOKEN_BYTES } from '../../../proto/limits.ts'
import { NO_FENCE } from '../../../reference-server/semantics/batch/fencing-token.ts'
import { invalid, isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const longestTokenIsRefused: RulesDefect = {
  name: 'longest-token-is-refused',
  seam: 'rules',
  only: 'limit',
  kills: ['CMD-002', 'CP-LIM-009'],
  story: 'A fencing token of exactly 36 bytes is refused, as if the limit were exclusive.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const batch = rules.admitBatch(input)
      if (isRefusal(batch)) return batch
      const tokens = batch.records.map(({ effect }) => (effect.command === 'fence' ? effect.token : NO_FENCE))
      const isLongest = [...tokens, batch.fencingToken ?? NO_FENCE].some(
        (token) => Buffer.byteLength(token) === MAX_FENCING_TOKEN_BYTES,
      )
      return isLongest ? fired(invalid('the fencing token is too long')) : batch
    },
  }),
}
