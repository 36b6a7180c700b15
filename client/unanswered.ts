import { TargetError } from './target-error.ts'

/** Counts requests in a row that ran into their deadline, without any answer in between. */
export interface Unanswered {
  /**
   * Runs one request, which ends with its answer or with an error. Only its own deadline counts against the target:
   * `signal` is the one that ends it for another reason.
   */
  request<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>
  /** The target sent part of a session: it is alive. */
  heard(): void
}

/**
 * Calls `onSilent` once `limit` requests in a row had no answer. An answer to any other request, while they waited, starts
 * the count anew. One of them must have begun after another had been given up: requests that wait together may all be
 * lost to one stall, however long.
 */
export function countUnanswered(limit: number, onSilent: (count: number) => void): Unanswered {
  let answers = 0
  let count = 0
  let hasLater = false
  let isSilent = false
  const heard = (): void => {
    answers += 1
    count = 0
    hasLater = false
  }
  const timedOut = (begun: { readonly answers: number; readonly count: number }): void => {
    // The target was alive meanwhile, and answered others.
    if (begun.answers !== answers) return
    count += 1
    hasLater ||= begun.count > 0
    if (isSilent || !hasLater || count < limit) return
    isSilent = true
    onSilent(count)
  }
  return {
    heard,
    async request(signal, work) {
      const begun = { answers, count }
      try {
        const answer = await work()
        heard()
        return answer
      } catch (error) {
        if (error instanceof TargetError && error.code === 'timeout' && !signal.aborted) timedOut(begun)
        throw error
      }
    },
  }
}
