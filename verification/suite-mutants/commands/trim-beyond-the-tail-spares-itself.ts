import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const trimBeyondTheTailSparesItself: RulesDefect = {
  name: 'trim-beyond-the-tail-spares-itself',
  seam: 'rules',
  withholds: true,
  kills: ['CMD-019'],
  story: 'A trim of everything leaves its own record behind.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const outcome = rules.append(state, batch, ...given)
      if (isRefusal(outcome) || outcome.state.trimPoint < outcome.end.seqNum) return outcome
      return fired({ ...outcome, state: { ...outcome.state, trimPoint: outcome.end.seqNum - 1n } })
    },
  }),
}
