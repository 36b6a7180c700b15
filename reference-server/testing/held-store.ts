import type { Store, Write } from '../store/store.ts'
import { StoreError } from '../store/store-error.ts'

export interface HeldStore extends Store {
  /** From now on commits wait before they are written, or are written and then wait to be answered. */
  hold(before?: 'write' | 'answer'): void
  /** Lets them go, in their order; resolves once they are durable. */
  release(): Promise<void>
  /** Fails those that wait and all that come, as a failed sync does. */
  fail(): void
  /** Commits that wait. */
  waiting(): number
}

interface Waiting {
  readonly go: () => Promise<void>
  readonly reject: (error: StoreError) => void
}

/** A store whose commits can be held open and made to fail; reads go through. */
export function heldStore(store: Store): HeldStore {
  const waiting: Waiting[] = []
  let held: 'write' | 'answer' | undefined
  let failure: StoreError | undefined

  function commit(writes: readonly Write[]): Promise<void> {
    if (failure !== undefined) return Promise.reject(failure)
    if (held === undefined) return store.commit(writes)
    const written = held === 'answer' ? store.commit(writes) : undefined
    return new Promise((resolve, reject) => {
      waiting.push({ go: () => (written ?? store.commit(writes)).then(resolve, reject), reject })
    })
  }

  return {
    get: (key) => store.get(key),
    range: (range, options) => store.range(range, options),
    commit,
    healthy: () => failure === undefined && store.healthy(),
    close: () => store.close(),
    hold(before = 'write') {
      held = before
    },
    async release() {
      held = undefined
      await Promise.all(waiting.splice(0).map(({ go }) => go()))
    },
    fail() {
      failure = new StoreError('failed', 'the store failed to write')
      for (const { reject } of waiting.splice(0)) reject(failure)
    },
    waiting: () => waiting.length,
  }
}
