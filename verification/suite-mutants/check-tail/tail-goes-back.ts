import type { StoreDefect } from '../defect.ts'

export const tailGoesBack: StoreDefect = {
  name: 'tail-goes-back',
  seam: 'store',
  only: 'concurrency',
  kills: ['TAIL-005', 'LIN-008'],
  story: 'When appends overlap the tail goes back: a commit is reported done after one that began later.',
  apply(store, fired) {
    // The first key of a batch is that of its stream's state, so that streams do not wait for each other.
    const latest = new Map<string, Promise<void>>()
    return {
      ...store,
      async commit(writes) {
        const own = store.commit(writes)
        const key = `${writes[0]?.key}`
        latest.set(key, own)
        await own
        const last = latest.get(key)
        if (last !== own) await fired(last)
      },
    }
  },
}
