import type { StreamState } from '../../../reference-server/semantics/append/stream-state.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const refusedBatchLeavesAGap: RulesDefect = {
  name: 'refused-batch-leaves-a-gap',
  seam: 'rules',
  kills: ['APP-026'],
  story: 'A batch whose condition fails uses up a number.',
  apply(rules, fired) {
    const skipped = new WeakSet<StreamState>()
    return {
      ...rules,
      append(state, batch, ...given) {
        const { tail } = state
        const next = { ...state, tail: { ...tail, seqNum: tail.seqNum + 1n } }
        const outcome = rules.append(
          skipped.has(state) && tail.seqNum > 0n ? fired(next) : state,
          batch,
          ...given,
        )
        if (isRefusal(outcome)) skipped.add(state)
        return outcome
      },
    }
  },
}
