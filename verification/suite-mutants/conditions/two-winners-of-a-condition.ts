import type { StreamState } from '../../../reference-server/semantics/append/stream-state.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

/** Appends this close together are judged at once. Shorter than a commit, so that a client alone never sees it. */
const TOGETHER_MS = 1n

export const twoWinnersOfACondition: RulesDefect = {
  name: 'two-winners-of-a-condition',
  seam: 'rules',
  only: 'concurrency',
  kills: ['APP-022', 'APP-029', 'CMD-015', 'LIN-005'],
  story: 'Conditions of appends that come together are all judged by the state before the first of them.',
  apply(rules, fired) {
    const latest = new WeakMap<StreamState, { readonly at: bigint; readonly before: StreamState }>()
    return {
      ...rules,
      append(state, batch, now, timestamping, cipher) {
        const last = latest.get(state)
        const together = last !== undefined && now - last.at <= TOGETHER_MS
        const isConditional = batch.matchSeqNum !== undefined || batch.fencingToken !== undefined
        const before = together ? last.before : state
        const met = together && isConditional ? fired(before) : before
        const judged = rules.append(met, batch, now, timestamping, cipher)
        if (isRefusal(judged)) return judged
        const unconditional = { ...batch, matchSeqNum: undefined, fencingToken: undefined }
        const outcome = rules.append(state, unconditional, now, timestamping, cipher)
        if (!isRefusal(outcome)) latest.set(outcome.state, { at: now, before })
        return outcome
      },
    }
  },
}
