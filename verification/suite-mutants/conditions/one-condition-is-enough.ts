import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const oneConditionIsEnough: RulesDefect = {
  name: 'one-condition-is-enough',
  seam: 'rules',
  kills: ['APP-020'],
  story: 'An append with two conditions succeeds if one of them holds.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const outcome = rules.append(state, batch, ...given)
      if (!isRefusal(outcome) || batch.matchSeqNum === undefined || batch.fencingToken === undefined)
        return outcome
      const either = [
        { ...batch, matchSeqNum: undefined },
        { ...batch, fencingToken: undefined },
      ].map((half) => rules.append(state, half, ...given))
      return fired(either.find((half) => !isRefusal(half)) ?? outcome)
    },
  }),
}
