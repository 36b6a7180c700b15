import type { StoreDefect } from '../defect.ts'

export const commitsAreDoneBeforeTheyAreStored: StoreDefect = {
  name: 'commits-are-done-before-they-are-stored',
  seam: 'store',
  only: 'crash',
  where: 'storage',
  kills: ['DUR-006', 'DUR-007'],
  story: 'An append is acknowledged when it has been handed to the storage.',
  apply: (store, fired) => ({
    ...store,
    commit(writes) {
      // Whether it fails is nobody's business any more, which is the defect.
      store.commit(writes).catch(() => {})
      return fired(Promise.resolve())
    },
  }),
}
