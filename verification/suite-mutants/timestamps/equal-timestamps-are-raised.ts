import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'
import { restamped } from './restamped.ts'

export const equalTimestampsAreRaised: RulesDefect = {
  name: 'equal-timestamps-are-raised',
  seam: 'rules',
  kills: ['APP-037', 'APP-036'],
  story: 'A timestamp that is not above the last one is raised to the next millisecond.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, now, timestamping, cipher) {
      const outcome = rules.append(state, batch, now, timestamping, cipher)
      if (isRefusal(outcome)) return outcome
      let last = state.tail.timestamp
      return restamped(outcome, ({ timestamp }) => {
        last = timestamp > last || timestamp === 0n ? timestamp : fired(last + 1n)
        return last
      })
    },
  }),
}
