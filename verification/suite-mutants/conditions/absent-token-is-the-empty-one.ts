import { NO_FENCE } from '../../../reference-server/semantics/batch/fencing-token.ts'
import type { RulesDefect } from '../defect.ts'

export const absentTokenIsTheEmptyOne: RulesDefect = {
  name: 'absent-token-is-the-empty-one',
  seam: 'rules',
  kills: ['APP-016'],
  story: 'On a fenced stream an append without a token is refused.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const isBare = batch.fencingToken === undefined && state.fencingToken !== NO_FENCE
      return rules.append(state, isBare ? fired({ ...batch, fencingToken: NO_FENCE }) : batch, ...given)
    },
  }),
}
