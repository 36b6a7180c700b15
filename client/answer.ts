import type { Position } from '../proto/types.ts'

/** The body of a refusal: `code` and `message`, or the one-key bodies of 412, or the tail of a 416. */
export interface ErrorBody {
  readonly code?: string
  readonly message?: string
  readonly seq_num_mismatch?: bigint
  readonly fencing_token_mismatch?: string
  readonly tail?: Position
  /** Every key of the body as it came, 64-bit integers as `bigint`; undefined when the body is not a JSON object. */
  readonly json: Readonly<Record<string, unknown>> | undefined
}

/**
 * What the target answered, whatever transport brought it. In a session `status` is the terminal frame's, or 200
 * for a frame that is none; `headers` are then the response's.
 */
export interface Answer<Value> {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** The parsed body of a 2xx answer. */
  readonly value: Value | undefined
  /** The parsed body of any other answer. */
  readonly error: ErrorBody | undefined
  /** The body's bytes as they came (after content decoding). */
  readonly body: Uint8Array
}
