import type {
  AppendAck,
  AppendInput,
  Position,
  ReadBatch,
  ReadEnd,
  ReadStart,
  SequencedRecord,
} from '../proto/types.ts'
import type { Answer } from './answer.ts'
import type { SendRaw } from './raw.ts'
import type { Transport } from './transport.ts'
import type { Spelling } from './wire/spelling.ts'

export type ReadQuery = ReadStart & ReadEnd

export interface RequestOptions {
  /** Sent beside or instead of the transport's own; how bodies are written and read stays the transport's. */
  readonly headers?: Readonly<Record<string, string>>
  /** How the request is put on the wire; absent, as the client likes. */
  readonly spelling?: Spelling
}

/** A whole read: unary, or a session that was followed to its end. */
export interface ReadResult {
  readonly records: readonly SequencedRecord[]
  /** The last tail that came with a batch or heartbeat. */
  readonly tail: Position | undefined
}

/** One event of a session, in the order it came. */
export type ReadEvent =
  | { readonly kind: 'batch'; readonly batch: ReadBatch; readonly id: string | undefined }
  | { readonly kind: 'heartbeat'; readonly tail: Position | undefined }
  /** The clean end: `[DONE]`, or the end of an S2S body. */
  | { readonly kind: 'end' }
  /** The session ended with an error event or a terminal frame. */
  | { readonly kind: 'error'; readonly answer: Answer<undefined> }

/** A read session over SSE or S2S that was accepted with 200. */
export interface ReadSession {
  readonly headers: Readonly<Record<string, string>>
  /** The next event; fails the check when none comes within `seconds` (default 25, longer than any heartbeat gap). */
  next(seconds?: number): Promise<ReadEvent>
  /** Collects records, over heartbeats, until there are `count` of them: all within `seconds`, or each batch within the default of `next`. */
  records(count: number, seconds?: number): Promise<readonly SequencedRecord[]>
  /** Every event until the end, which is included. */
  rest(seconds?: number): Promise<readonly ReadEvent[]>
  /** Cuts the connection. */
  cancel(): void
}

/** An S2S append session that was accepted with 200. */
export interface AppendSession {
  readonly headers: Readonly<Record<string, string>>
  /** Sends one frame and does not wait for its ack. */
  send(input: AppendInput): Promise<void>
  /** Sends bytes as they are, for malformed frames. */
  sendBytes(bytes: Uint8Array): Promise<void>
  /** The next ack, the terminal frame as a refusal, or status 0 for a clean end without either. */
  next(seconds?: number): Promise<Answer<AppendAck>>
  /** Ends the request half; acks of what was sent still come. */
  closeSending(): void
  /** Cuts the connection. */
  cancel(): void
}

/** One stream over one transport. A refusal is an answer, not an exception. */
export interface StreamClient {
  readonly name: string
  readonly transport: Transport
  readonly raw: SendRaw
  /** Path of the stream's records, for `raw`: `/streams/NAME/records`. */
  readonly recordsPath: string
  over(transport: Transport): StreamClient
  append(input: AppendInput, options?: RequestOptions): Promise<Answer<AppendAck>>
  /** Over `sse` and `s2s` the session must end by itself: give a bound, or `wait`. */
  read(query: ReadQuery, options?: RequestOptions): Promise<Answer<ReadResult>>
  checkTail(): Promise<Answer<Position>>
  /** Accepted sessions; a refusal before the start fails the check unless `openReadAnswer` is used. */
  openRead(query: ReadQuery, options?: RequestOptions): Promise<ReadSession>
  openReadAnswer(query: ReadQuery, options?: RequestOptions): Promise<Answer<ReadSession>>
  openAppend(options?: RequestOptions): Promise<AppendSession>
  openAppendAnswer(options?: RequestOptions): Promise<Answer<AppendSession>>
}
