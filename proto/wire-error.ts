import type { ErrorCode } from './error-codes.ts'

/** `bad_event` is the client's own: S2 has no code for an SSE body that a reader cannot take. */
export type WireErrorCode =
  | Extract<ErrorCode, 'bad_frame' | 'bad_header' | 'bad_json' | 'bad_proto' | 'invalid'>
  | 'bad_event'

export interface WireErrorDetails {
  readonly offset?: number
  readonly cause?: unknown
}

/** The one error that leaves `proto/`: what came, or was to be sent, is not what the wire allows. */
export class WireError extends Error {
  override readonly name: string = 'WireError'
  readonly code: WireErrorCode
  /** Where in the input, counted in its units (bytes of a frame, UTF-16 units of JSON), when that helps. */
  readonly offset: number | undefined

  constructor(code: WireErrorCode, message: string, { offset, cause }: WireErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.offset = offset
  }
}
