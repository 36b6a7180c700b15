import type { SeqNum } from '../../../proto/types.ts'
import type { Backend, ReadOutput } from '../../../reference-server/backend/backend.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import { rules } from '../../../reference-server/semantics/rules.ts'
import type { Bug } from './bug.ts'

/* What goes wrong without any fault. */

export const sessionGoesOnAfterARefusal: Bug = {
  name: 'session-goes-on-after-a-refusal',
  story: 'a session takes further batches after it has refused one',
  seams: () => ({
    backend: (healthy) => ({
      ...healthy,
      async openAppendSession(address, ...rest) {
        const session = await healthy.openAppendSession(address, ...rest)
        return isRefusal(session) ? session : { submit: (batch) => healthy.append(address, batch, ...rest) }
      },
    }),
  }),
}

export const followerMissesWhatComesMeanwhile: Bug = {
  name: 'follower-misses-what-comes-meanwhile',
  story: 'a follower that has caught up with the store is not given the first batch that comes then',
  seams: () => ({
    backend: (healthy) => ({
      ...healthy,
      async openRead(...asked: Parameters<Backend['openRead']>) {
        const session = await healthy.openRead(...asked)
        return isRefusal(session) ? session : skipping(session)
      },
    }),
  }),
}

export const conditionIsNotCheckedInAQueue: Bug = {
  name: 'condition-is-checked-against-what-lasts',
  story: 'an expected number is compared with the durable tail, so that two writers can both be right',
  seams() {
    const durable: Map<object, SeqNum> = new Map()
    return {
      rules: () => ({
        ...rules,
        append(state, batch, ...rest) {
          const outcome = rules.append(state, batch, ...rest)
          if (!isRefusal(outcome)) durable.set(outcome.state, state.tail.seqNum)
          const isMissed = isRefusal(outcome) && batch.matchSeqNum === durable.get(state)
          return isMissed ? rules.append(state, { ...batch, matchSeqNum: undefined }, ...rest) : outcome
        },
      }),
    }
  },
}

async function* skipping(session: AsyncIterable<ReadOutput>): AsyncGenerator<ReadOutput, void> {
  let caughtUp = false
  for await (const output of session) {
    const isLive = output.kind === 'batch' && output.tail !== undefined
    if (output.kind === 'batch' && !isLive) caughtUp = true
    if (isLive && caughtUp) caughtUp = false
    else yield output
  }
}
