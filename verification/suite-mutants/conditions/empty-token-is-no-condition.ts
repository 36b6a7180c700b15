import { NO_FENCE } from '../../../reference-server/semantics/batch/fencing-token.ts'
import type { RulesDefect } from '../defect.ts'

export const emptyTokenIsNoCondition: RulesDefect = {
  name: 'empty-token-is-no-condition',
  seam: 'rules',
  kills: ['APP-015'],
  story: 'On a fenced stream an empty fencing token passes as if there were none.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const isEmpty = batch.fencingToken === NO_FENCE && state.fencingToken !== NO_FENCE
      return rules.append(state, isEmpty ? fired({ ...batch, fencingToken: undefined }) : batch, ...given)
    },
  }),
}
