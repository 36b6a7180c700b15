import { NO_FENCE } from '../../../reference-server/semantics/batch/fencing-token.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const fenceIsLostWithItsRecord: RulesDefect = {
  name: 'fence-is-lost-with-its-record',
  seam: 'rules',
  kills: ['PROP-001'],
  story: 'A trim that takes the record of the fence lifts the fence.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const outcome = rules.append(state, batch, ...given)
      if (isRefusal(outcome)) return outcome
      const { state: after } = outcome
      const isFenced = after.trimPoint > state.trimPoint && after.fencingToken !== NO_FENCE
      return isFenced ? fired({ ...outcome, state: { ...after, fencingToken: NO_FENCE } }) : outcome
    },
  }),
}
