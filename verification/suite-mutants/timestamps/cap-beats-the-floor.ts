import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'
import { restamped } from './restamped.ts'

export const capBeatsTheFloor: RulesDefect = {
  name: 'cap-beats-the-floor',
  seam: 'rules',
  kills: ['APP-039'],
  story: 'Timestamps fall where the last one lies in the future: the cap is applied after the floor.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, now, timestamping, cipher) {
      const outcome = rules.append(state, batch, now, timestamping, cipher)
      if (isRefusal(outcome) || timestamping.uncapped) return outcome
      return restamped(outcome, ({ timestamp }) => (timestamp > now ? fired(now) : timestamp))
    },
  }),
}
