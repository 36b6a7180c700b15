import { describeError } from '../../kit/message-of.ts'

/** What was heard of promises that nobody waits for any more. */
export interface UnhandledRejections {
  /** One sentence for the report; undefined when there were none. */
  note(): string | undefined
  /** Whoever listens no longer is told no longer, and a rejection ends the process as it does by default. */
  stop(): void
}

/** Listens for promises that a check left behind and that are rejected: they must not take the run with them. */
export function trackUnhandledRejections(): UnhandledRejections {
  let count = 0
  let first: unknown
  const listen = (reason: unknown): void => {
    if (count === 0) first = reason
    count += 1
  }
  process.on('unhandledRejection', listen)
  return {
    note() {
      if (count === 0) return undefined
      const others = count === 1 ? '' : ` (and ${count - 1} more)`
      return `a check left a promise behind that was rejected: ${describeError(first)}${others}`
    },
    stop: () => void process.off('unhandledRejection', listen),
  }
}
