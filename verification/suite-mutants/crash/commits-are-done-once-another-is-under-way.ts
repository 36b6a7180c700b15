import type { StoreDefect } from '../defect.ts'

export const commitsAreDoneOnceAnotherIsUnderWay: StoreDefect = {
  name: 'commits-are-done-once-another-is-under-way',
  seam: 'store',
  only: 'crash',
  kills: ['DUR-003'],
  story: 'Who appends while a commit is under way is told at once that it is done.',
  apply: (store, fired) => {
    let under = 0
    return {
      ...store,
      commit(writes) {
        const done = store.commit(writes).finally(() => {
          under -= 1
        })
        under += 1
        if (under === 1) return done
        // Whether it fails is nobody's business any more, which is the defect.
        done.catch(() => {})
        return fired(Promise.resolve())
      },
    }
  },
}
