import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const everyCreationRepeats: RulesDefect = {
  name: 'every-creation-repeats',
  seam: 'rules',
  kills: ['CP-BAS-034'],
  story: 'The creation of a basin that is there succeeds without a token too.',
  apply: (rules, fired) => ({
    ...rules,
    decideCreate(kind, before, now) {
      const decision = rules.decideCreate(kind, before, now)
      return isRefusal(Object(decision)) && now === undefined ? fired('noop') : decision
    },
  }),
}
