import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const firstOfSeveralFencesWins: RulesDefect = {
  name: 'first-of-several-fences-wins',
  seam: 'rules',
  kills: ['APP-025'],
  story: 'Of several fences in one batch the first is in force afterwards.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const outcome = rules.append(state, batch, ...given)
      const fence = batch.records.find(({ effect }) => effect.command === 'fence')?.effect
      if (isRefusal(outcome) || fence?.command !== 'fence' || fence.token === outcome.state.fencingToken)
        return outcome
      return fired({ ...outcome, state: { ...outcome.state, fencingToken: fence.token } })
    },
  }),
}
