import type { History } from '../operation.ts'

/** A history as a file: JSON lines, the first about it, then the log in pieces, then an operation on each. */
export const FORMAT = 's2-conformance-history'
export const VERSION = 1

/** Where a history comes from. */
export interface About {
  /** `regular`, `mixed`, ...: which operations there are. */
  readonly workload: string
  readonly seed: number
  /** The endpoint, or whatever else made the history. */
  readonly target: string
  /** RFC 3339. */
  readonly started: string
  /** Why it shows nothing even if nothing is wrong with it: no fault fired, say. Absent where it shows something. */
  readonly doubt?: string
}

export interface HistoryFile {
  readonly about: About
  readonly history: History
}

/** What is no history; the message names the line. */
export class HistoryFileError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'HistoryFileError'
  }
}
