import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const mismatchReportsTheExpectedNumber: RulesDefect = {
  name: 'mismatch-reports-the-expected-number',
  seam: 'rules',
  kills: ['APP-013', 'APP-028'],
  story: 'A number that does not match is answered with itself instead of with the next one.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const outcome = rules.append(state, batch, ...given)
      if (!isRefusal(outcome) || outcome.refusal !== 'seq-num-mismatch') return outcome
      return fired({ ...outcome, actual: batch.matchSeqNum ?? outcome.actual })
    },
  }),
}
