import type { CutReadOptions, DelayOptions, FaultKind, LoseAckOptions, RefuseOptions } from './options.ts'

/** One request that a fault affected. */
export interface FiredFault {
  readonly kind: FaultKind
  /** First operation of the route: `append` for each batch of an append session. */
  readonly operation: string
  readonly basin: string | undefined
  readonly stream: string | undefined
  /** Unix milliseconds of the server's clock. */
  readonly time: bigint
}

/** A fault that a test planned. */
export interface PlannedFault {
  readonly kind: FaultKind
  /** Number of requests that it still affects. */
  readonly remaining: number
  /** Requests that it affected, oldest first. */
  readonly fired: readonly FiredFault[]
  /** Affects no more requests. */
  clear(): void
}

/**
 * Faults that a test plans. Each affects the next matching request, or the next `times` of them. Where several faults of one
 * kind match, the first planned fires. Every method throws `TypeError` for values that make no sense.
 */
export interface Faults {
  /** Refuses requests, or batches of append sessions, with S2's error for the code. A refused request changes nothing. */
  refuse(options: RefuseOptions): PlannedFault
  /**
   * Closes the connection in place of the ack of an append, unary or in a session, once its batch is durable. Over HTTP/2 that
   * ends the other requests of the connection too.
   */
  loseAck(options?: LoseAckOptions): PlannedFault
  /** Closes the connection of a read after it delivered so many records. A read that ends before then does not count. */
  cutRead(options: CutReadOptions): PlannedFault
  /** Sends answers, acks of append sessions, and the heads of read sessions this much later, on the server's clock. */
  delay(options: DelayOptions): PlannedFault
  /** Returns the faults that still affect requests. */
  planned(): readonly PlannedFault[]
  /** Returns the requests that faults affected since the start or the last reset, oldest first. At most the last 1000. */
  fired(): readonly FiredFault[]
  /** Clears every planned fault. */
  clear(): void
}
