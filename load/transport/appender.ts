/** One append from its planned moment to its end. Times in microseconds on the clock of all threads. */
export interface Append {
  readonly writer: number
  /** The number of its first record among those of its writer. */
  readonly index: number
  readonly count: number
  /** Of the bodies. */
  readonly bytes: number
  readonly intendedUs: number
  sentUs: number
}

/** Where records stand: from `start` up to, not including, `end`. */
export interface Acked {
  readonly start: number
  readonly end: number
}

/** How an append ended. */
export type Ending =
  | (Acked & { readonly kind: 'acked' })
  /** The target has said no; nothing was appended. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: string }
  /** Whether it was appended is not known. */
  | { readonly kind: 'unknown'; readonly why: string }

/** One writer's way to its stream: its appends are in order, and end in order. */
export interface Appender {
  /** Opens what has to be open before the first append. Rejects with a `TransportError`. */
  open(): Promise<void>
  /** `encoded` as the encoder made it; it is given back once it is sent. */
  append(append: Append, encoded: Buffer): void
  /** Ends in good order, with nothing under way. */
  close(): void
}

export type OnEnding = (append: Append, ending: Ending) => void

/** An ack came, and no append was under way. */
export type OnUnexpectedAck = (acked: Acked) => void
