/** One operation of one client, as it is drawn: a bar from where it was sent to where it was answered. */
export interface TimelineOperation {
  /** Unique in its timeline. */
  readonly id: number
  /** The lane: operations of one client stand beside each other. */
  readonly client: string
  /** Milliseconds of one monotonic clock. */
  readonly begin: number
  /** Absent where no answer came: the operation may take effect at any time after it was sent. */
  readonly end?: number
  /** What was asked: `append 2 records if 7`. */
  readonly label: string
  /** What came: `acked 7 to 9`, `412, 8`, `unknown`. */
  readonly outcome: string
  /** Whether it is one of the few that show the violation; the others are drawn for the context. */
  readonly isEvidence: boolean
}

/** A violated history, cut down to what shows it. Values alone: whoever draws knows nothing of the checker. */
export interface Timeline {
  /** The anomaly and why it is one: `stale-tail: a tail of 3 after 5 was acknowledged`. */
  readonly title: string
  /** In any order. */
  readonly operations: readonly TimelineOperation[]
}
