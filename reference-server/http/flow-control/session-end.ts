import type { Drain } from '../../drain.ts'

/** What ends a wait, whatever it is for. */
export interface SessionEnd {
  has(): boolean
  /** Calls `leaves` when it comes, unless the returned function is called before. */
  subscribe(leaves: () => void): () => void
}

/** A session ends when its client has left, or the server is done with taking leave. */
export const sessionEnd = (gone: AbortSignal, drain: Drain): SessionEnd => ({
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

export const whenAborted = (signal: AbortSignal): SessionEnd => ({
  has: () => signal.aborted,
  subscribe(leaves) {
    signal.addEventListener('abort', leaves)
    return () => signal.removeEventListener('abort', leaves)
  },
})
