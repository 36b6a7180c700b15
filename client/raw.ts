import type { Answer } from './answer.ts'
import type { Spelling } from './wire/spelling.ts'

/** One HTTP request, spelt out. `path` begins after the endpoint's `/v1` and is sent as it is, dots and all. */
export interface RawRequest {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** HTTP/1.1 unless told, or unless it is for a stream whose sessions of frames go over HTTP/2. */
  readonly http?: '1.1' | '2'
  /** Leave out a header that the client adds by itself: `s2-basin`, `authorization`, `content-type`. */
  readonly without?: readonly string[]
  /** An answer 429 stands: nothing is sent again. */
  readonly impatient?: true
  /** Instead of the endpoint's `/v1`: '' addresses the server's root (`/health`). */
  readonly prefix?: string
  /** How it is put on the wire. */
  readonly spelling?: Spelling
}

/** Sends exactly what is asked; `value` is the parsed JSON of the body, if it is JSON, whatever the status. */
export type SendRaw = (request: RawRequest) => Promise<Answer<unknown>>
