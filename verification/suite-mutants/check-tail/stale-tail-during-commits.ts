import type { StreamState } from '../../../reference-server/semantics/append/stream-state.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const staleTailDuringCommits: RulesDefect = {
  name: 'stale-tail-during-commits',
  seam: 'rules',
  only: 'concurrency',
  kills: ['TAIL-005', 'READ-061', 'LIN-008'],
  story: 'While an append is under way check-tail forgets the last one that was acknowledged.',
  apply(rules, fired) {
    const before = new WeakMap<StreamState, StreamState>()
    const surpassed = new WeakSet<StreamState>()
    return {
      ...rules,
      append(state, ...given) {
        const outcome = rules.append(state, ...given)
        if (!isRefusal(outcome)) {
          before.set(outcome.state, state)
          surpassed.add(state)
        }
        return outcome
      },
      checkTail(durable) {
        const stale = surpassed.has(durable) ? before.get(durable) : undefined
        return rules.checkTail(stale === undefined ? durable : fired(stale))
      },
    }
  },
}
