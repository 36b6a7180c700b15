import type { SequencedRecord } from '../../../proto/types.ts'
import type { Backend, ReadOutput } from '../../../reference-server/backend/backend.ts'
import type { Sequenced } from '../../../reference-server/semantics/append/append.ts'
import type { StreamState } from '../../../reference-server/semantics/append/stream-state.ts'
import type { Batch } from '../../../reference-server/semantics/batch/batch.ts'
import { isRefusal, type Refusal } from '../../../reference-server/semantics/refusal.ts'
import { type Rules, rules } from '../../../reference-server/semantics/rules.ts'
import { deletingKey, streamKey } from '../../../reference-server/store/keys.ts'
import type { Write } from '../../../reference-server/store/store.ts'
import type { Bug } from './bug.ts'

/* What is told before it lasts. */

export const acknowledgesBeforeTheSync: Bug = {
  name: 'acknowledges-before-the-sync',
  story: 'a commit is answered when it is handed to the disk',
  seams: () => ({ store: (healthy) => ({ ...healthy, commit: early(healthy.commit, () => true) }) }),
}

export const joinsTheSyncUnderWay: Bug = {
  name: 'joins-the-sync-under-way',
  story: 'a commit that comes while a sync is under way is answered by that sync, which does not cover it',
  seams: () => ({
    store(healthy) {
      let running: Promise<void> | undefined
      return {
        ...healthy,
        commit(writes) {
          const mine = healthy.commit(writes)
          if (running !== undefined) {
            mine.catch(() => {})
            return running
          }
          running = mine.finally(() => {
            running = undefined
          })
          return running
        },
      }
    },
  }),
}

export const deletionIsToldBeforeItLasts: Bug = {
  name: 'deletion-is-told-before-it-lasts',
  story: 'a DELETE is answered before its mark is synced',
  seams: () => ({
    store: (healthy) => ({
      ...healthy,
      commit: early(healthy.commit, (writes) => writes.some(putIn(deletingKey(0n)))),
    }),
  }),
}

export const configurationIsToldBeforeItLasts: Bug = {
  name: 'configuration-is-told-before-it-lasts',
  story: 'a new configuration is answered before it is synced',
  seams: () => ({
    store: (healthy) => ({
      ...healthy,
      commit: early(healthy.commit, (writes) => writes.length === 1 && writes.some(putIn(streamKey('', '')))),
    }),
  }),
}

export const refusalIsToldBeforeItsReasonLasts: Bug = {
  name: 'refusal-is-told-before-its-reason-lasts',
  story: 'a 412 is answered at once, and tells of batches that are not synced yet',
  seams() {
    const refusals: Map<Batch, PromiseWithResolvers<Refusal>> = new Map()
    const refusalOf = (batch: Batch): PromiseWithResolvers<Refusal> => {
      const known = refusals.get(batch) ?? Promise.withResolvers<Refusal>()
      refusals.set(batch, known)
      return known
    }
    return {
      rules: () => watching((batch, outcome) => isRefusal(outcome) && refusalOf(batch).resolve(outcome)),
      backend: (healthy) => ({
        ...healthy,
        append: (address, batch, ...rest) =>
          Promise.race([healthy.append(address, batch, ...rest), refusalOf(batch).promise]),
      }),
    }
  },
}

export const tailShowsWhatDoesNotLast: Bug = {
  name: 'tail-shows-what-does-not-last',
  story: 'a tail is that of the last batch that was sequenced, synced or not',
  seams() {
    const next: WeakMap<StreamState, Sequenced> = new WeakMap()
    return {
      rules: () => ({
        ...followingStates(next),
        checkTail: (state) => newest(next, state).at(-1)?.end ?? rules.checkTail(state),
      }),
    }
  },
}

export const followersSeeWhatDoesNotLast: Bug = {
  name: 'followers-see-what-does-not-last',
  story: 'a follower that waits at the tail is given a batch as soon as it is sequenced',
  seams() {
    const next: WeakMap<StreamState, Sequenced> = new WeakMap()
    const tails: WeakMap<object, StreamState> = new WeakMap()
    return {
      rules: () => ({
        ...followingStates(next),
        checkTail(state) {
          const tail = { ...rules.checkTail(state) }
          tails.set(tail, state)
          return tail
        },
      }),
      backend: (healthy) => ({
        ...healthy,
        async openRead(...asked: Parameters<Backend['openRead']>) {
          const session = await healthy.openRead(...asked)
          if (isRefusal(session)) return session
          return ahead(session, (tail) => {
            const state = tails.get(tail)
            return state === undefined ? [] : newest(next, state).flatMap(({ records }) => records)
          })
        },
      }),
    }
  },
}

/** Behind each heartbeat, what is not durable; it is not given again when it comes. */
async function* ahead(
  session: AsyncIterable<ReadOutput>,
  waiting: (tail: object) => readonly SequencedRecord[],
): AsyncGenerator<ReadOutput, void> {
  let given = 0n
  for await (const output of session) {
    const records = output.kind === 'batch' ? output.records.filter(({ seqNum }) => seqNum >= given) : []
    if (output.kind !== 'batch') yield output
    else if (records.length > 0) yield { ...output, records }
    const more = output.kind === 'heartbeat' ? waiting(output.tail) : []
    if (more.length > 0) yield { kind: 'batch', records: more, tail: undefined }
    given = (more.at(-1) ?? records.at(-1))?.seqNum ?? given - 1n
    given++
  }
}

const watching = (decided: (batch: Batch, outcome: Sequenced | Refusal) => unknown): Rules => ({
  ...rules,
  append(state, batch, ...rest) {
    const outcome = rules.append(state, batch, ...rest)
    decided(batch, outcome)
    return outcome
  },
})

/** Remembers which state came after which. */
const followingStates = (next: WeakMap<StreamState, Sequenced>): Rules => ({
  ...rules,
  append(state, ...rest) {
    const outcome = rules.append(state, ...rest)
    if (!isRefusal(outcome) && state.tail.seqNum > 0n) next.set(state, outcome)
    return outcome
  },
})

/** Batches that were sequenced after this state. */
function newest(next: WeakMap<StreamState, Sequenced>, state: StreamState): readonly Sequenced[] {
  const found: Sequenced[] = []
  for (let after = next.get(state); after !== undefined; after = next.get(after.state)) found.push(after)
  return found
}

/** Commits that are answered when they are sent. */
const early =
  (commit: (writes: readonly Write[]) => Promise<void>, isEarly: (writes: readonly Write[]) => boolean) =>
  (writes: readonly Write[]): Promise<void> => {
    const committed = commit(writes)
    if (!isEarly(writes)) return committed
    committed.catch(() => {})
    return Promise.resolve()
  }

/** A put of a key of the same kind as this one. */
const putIn =
  (key: Uint8Array) =>
  (write: Write): boolean =>
    write.type === 'put' && write.key[0] === key[0]
