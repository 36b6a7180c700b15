import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const mismatchReportsTheGivenToken: RulesDefect = {
  name: 'mismatch-reports-the-given-token',
  seam: 'rules',
  kills: ['APP-015', 'APP-018'],
  story: 'A fencing token that does not match is answered with itself instead of with the one in force.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const outcome = rules.append(state, batch, ...given)
      if (!isRefusal(outcome) || outcome.refusal !== 'fencing-token-mismatch') return outcome
      return fired({ ...outcome, actual: batch.fencingToken ?? outcome.actual })
    },
  }),
}
