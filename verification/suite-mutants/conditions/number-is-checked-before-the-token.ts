import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const numberIsCheckedBeforeTheToken: RulesDefect = {
  name: 'number-is-checked-before-the-token',
  seam: 'rules',
  kills: ['APP-019'],
  story: 'Where both conditions fail the answer names the number.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const outcome = rules.append(state, batch, ...given)
      if (!isRefusal(outcome) || outcome.refusal !== 'fencing-token-mismatch') return outcome
      const unfenced = rules.append(state, { ...batch, fencingToken: undefined }, ...given)
      return isRefusal(unfenced) ? fired(unfenced) : outcome
    },
  }),
}
