import type { StreamState } from '../../../reference-server/semantics/append/stream-state.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

/** Appends this close together; shorter than a commit, so that a client alone never sees it. */
const TOGETHER_MS = 1n

export const appendsAtOnceTakeOnePlace: RulesDefect = {
  name: 'appends-at-once-take-one-place',
  seam: 'rules',
  only: 'concurrency',
  kills: ['APP-008', 'APP-046', 'APP-060'],
  story: 'Of appends that come together the last one takes the place of the others.',
  apply(rules, fired) {
    const latest = new WeakMap<StreamState, { readonly at: bigint; readonly before: StreamState }>()
    return {
      ...rules,
      append(state, batch, now, ...given) {
        const last = latest.get(state)
        const isTogether = last !== undefined && now - last.at <= TOGETHER_MS
        const outcome = rules.append(isTogether ? fired(last.before) : state, batch, now, ...given)
        if (!isRefusal(outcome)) latest.set(outcome.state, { at: now, before: state })
        return outcome
      },
    }
  },
}
