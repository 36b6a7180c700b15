import type { Receipts } from '../target/faults/fault-proxy.ts'
import type { Opening, WireRequest } from '../target/wire/wire.ts'

/** Something that came at a moment of the recording, in milliseconds since its beginning. */
export interface Moment {
  readonly at: number
}

/** A piece of a body, the end of it, or the error in its place; the upload had got so far when it came. */
export interface RecordedPiece extends Moment {
  readonly uploaded: number
  readonly uploadEnded: boolean
  readonly came:
    | { readonly kind: 'chunk'; readonly bytes: Uint8Array }
    | { readonly kind: 'end' }
    | { readonly kind: 'error'; readonly error: unknown }
}

/** One exchange with the target, as the clients saw it. */
export interface RecordedExchange {
  readonly request: WireRequest
  readonly opening: Opening
  readonly uploads: Uint8Array[]
  head: RecordedHead | undefined
  readonly pieces: RecordedPiece[]
}

export type RecordedHead = Moment &
  (
    | { readonly status: number; readonly headers: Readonly<Record<string, string>> }
    | { readonly error: unknown }
  )

/** All that a check was told, and when. */
export interface Recording {
  readonly exchanges: RecordedExchange[]
  /** When each sleep of so many milliseconds was over. */
  readonly sleeps: (Moment & { readonly milliseconds: number })[]
  /** The faults that had fired, each time that the check asked. */
  readonly receipts: Receipts[]
}

export const emptyRecording = (): Recording => ({ exchanges: [], sleeps: [], receipts: [] })

/** Requests of one key may stand for one another. */
export function keyOf({ method, path, headers, body, http }: WireRequest, { upload }: Opening): string {
  const named = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .sort()
  return [method, path, http, upload, body?.length, ...named].join('\n')
}
