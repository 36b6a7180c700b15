import type { StreamState } from '../../../reference-server/semantics/append/stream-state.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const tailComesBeforeItsRecords: RulesDefect = {
  name: 'tail-comes-before-its-records',
  seam: 'rules',
  only: 'concurrency',
  where: 'storage',
  kills: ['DUR-006'],
  story: 'Check-tail counts records that are not durable yet.',
  apply(rules, fired) {
    const next = new WeakMap<StreamState, StreamState>()
    return {
      ...rules,
      append(state, ...given) {
        const outcome = rules.append(state, ...given)
        if (!isRefusal(outcome)) next.set(state, outcome.state)
        return outcome
      },
      checkTail(durable) {
        const under = next.get(durable)
        return rules.checkTail(under === undefined ? durable : fired(under))
      },
    }
  },
}
