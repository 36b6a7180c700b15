import type { BatchVisitor } from './scan.ts'

export interface ReaderParts {
  /** Path of the stream's records, without a query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Gets what is read; `end` of a session that is over, with the reason where it was not asked to end, and whether that is a broken protocol. */
  readonly visitor: BatchVisitor
  readonly onEnd: (why: string | undefined, isMalformed?: boolean) => void
  readonly onBytes: (bytes: number) => void
}

/** A reader of one stream that waits at the tail for more. */
export interface Reader {
  /** Resolves when the target has begun to answer. Rejects with a `TransportError`. */
  open(seqNum: number): Promise<void>
  close(): void
}
