import type { StoreDefect } from '../defect.ts'

export const tailGoesBack: StoreDefect = {
  name: 'tail-goes-back',
  seam: 'store',
  kills: ['TAIL-005', 'LIN-008'],
  story: 'When appends overlap the tail goes back: a commit is reported done after one that began later.',
  apply(store, fired) {
    let latest: Promise<void> = Promise.resolve()
    return {
      ...store,
      async commit(writes) {
        const own = store.commit(writes)
        latest = own
        await own
        if (latest !== own) await fired(latest)
      },
    }
  },
}
