import { withDeadline } from '../wire/deadline.ts'
import type { SessionParts } from './parts.ts'

/** Seconds without any event after which a session has failed: more than the longest gap between heartbeats. */
export const SILENCE_SECONDS = 25

/** Takes one item after the other from a session, each within its own deadline. */
export interface Pull<T> {
  /** Rejects with a timeout when no item comes; the item is then still the next one. */
  next(awaited: string, seconds: number): Promise<T>
}

/** `items` must not end: what ends a session is an item as well. */
export function createPull<T>(
  items: AsyncIterator<T, never>,
  { signal, clock, heard }: Pick<SessionParts, 'signal' | 'clock' | 'heard'>,
): Pull<T> {
  let pending: Promise<IteratorResult<T, never>> | undefined
  return {
    async next(awaited, seconds) {
      const step = pending ?? items.next()
      pending = step
      const result = await withDeadline(awaited, seconds, signal, clock, () => step)
      pending = undefined
      heard()
      return result.value
    },
  }
}
