import type { Opening, WireRequest } from './wire.ts'

/** Something that happened at a moment of the recording, in milliseconds since it began. */
export interface Moment {
  readonly at: number
}

/** A piece of a response body, its end, or the error in its place; `uploaded` bytes had been sent when it arrived. */
export interface RecordedPiece extends Moment {
  readonly uploaded: number
  readonly uploadEnded: boolean
  readonly came:
    | { readonly kind: 'chunk'; readonly bytes: Uint8Array }
    | { readonly kind: 'end' }
    | { readonly kind: 'error'; readonly error: unknown }
}

/** The head of an answer, or the error in its place. */
export type RecordedHead = Moment &
  (
    | { readonly status: number; readonly headers: Readonly<Record<string, string>> }
    | { readonly error: unknown }
  )

/** One exchange with a target, as its client saw it. */
export interface RecordedExchange {
  readonly request: WireRequest
  readonly opening: Opening
  /** Pieces of the request body, where it was left open. */
  readonly uploads: Uint8Array[]
  /** Undefined until the answer begins. */
  head: RecordedHead | undefined
  readonly pieces: RecordedPiece[]
}
