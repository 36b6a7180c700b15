import type { Drain } from '../drain.ts'

/** What ends a session whatever it waits for: its client has left, or the server is done with taking leave. */
export interface Leaving {
  has(): boolean
  /** Calls `leaves` when it comes, unless the returned function is called before. */
  subscribe(leaves: () => void): () => void
}

export const leaving = (gone: AbortSignal, drain: Drain): Leaving => ({
  has: () => gone.aborted || drain.phase === 'ending',
  subscribe(leaves) {
    gone.addEventListener('abort', leaves)
    const unsubscribe = drain.changed.subscribe(() => drain.phase === 'ending' && leaves())
    return () => {
      gone.removeEventListener('abort', leaves)
      unsubscribe()
    }
  },
})
