import type { Spelling } from './spelling.ts'

/** One HTTP exchange as it goes out: nothing is added to it but what HTTP itself needs (host, length, connection). */
export interface WireRequest {
  readonly method: string
  /** `http://127.0.0.1:8080`, without a path. */
  readonly origin: string
  /** Path and query, sent as they are. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | undefined
  readonly http: '1.1' | '2'
  /** How it is put on the wire; absent, as the client likes. */
  readonly spelling?: Spelling
}

/** An answer whose head has come and whose body is still under way. */
export interface WireAnswer {
  readonly status: number
  /** Names in lower case; values of a repeated header joined with a comma. */
  readonly headers: Readonly<Record<string, string>>
  /** Chunks of the body, pulled: what nobody asks for stays with the target. */
  readonly chunks: AsyncIterable<Uint8Array>
  /** The request's body, where it was left open. */
  readonly upload: Upload
  /** Ends the exchange at once, connection included where it is not shared. */
  cancel(): void
}

export interface Upload {
  write(bytes: Uint8Array): Promise<void>
  end(): void
}

export interface Opening {
  /** Leave the request's body open, to be written by `upload`. */
  readonly upload: boolean
  /** On a connection that no other exchange uses, and that ends with this one. */
  readonly ownConnection: boolean
}

/** How requests reach the target. Errors are `TargetError`s, or the signal's reason when that was aborted. */
export interface Wire {
  /** Resolves when the head of the answer is there. */
  open(request: WireRequest, opening: Opening, signal: AbortSignal): Promise<WireAnswer>
  close(): Promise<void>
}
