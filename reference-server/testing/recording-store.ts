import { openMemoryStore } from '../store/memory.ts'
import type { Store, Write } from '../store/store.ts'

export interface RecordingStore extends Store {
  /** Commits that are durable so far. */
  commits(): number
  /** The store as a crash right after this many commits would leave it. */
  after(commits: number): Promise<Store>
}

export async function recordingStore(): Promise<RecordingStore> {
  const store = await openMemoryStore()
  const log: (readonly Write[])[] = []
  return {
    ...store,
    async commit(writes) {
      await store.commit(writes)
      log.push(writes)
    },
    commits: () => log.length,
    async after(commits) {
      const copy = await openMemoryStore()
      await copy.commit(log.slice(0, commits).flat())
      return copy
    },
  }
}
