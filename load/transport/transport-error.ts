import { WireError } from '../../proto/wire-error.ts'

export type TransportErrorCode =
  /** No connection came about: nobody is there, or none that speaks HTTP/2. */
  | 'unreachable'
  /** The target has said no. */
  | 'refused'
  /** It has ended the connection, and said why. */
  | 'sent-away'
  /** What was there broke off. */
  | 'cut'
  /** The connection takes no more streams at a time. */
  | 'stream-limit'
  /** What came is not what the protocol allows. */
  | 'malformed'
  | 'timed-out'

/**
 * The one error that leaves `load/transport`: what the target or the network did, in a sentence for the user. Whatever else is
 * thrown there is our own fault.
 */
export class TransportError extends Error {
  override readonly name: string = 'TransportError'
  readonly code: TransportErrorCode

  constructor(code: TransportErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
  }
}

/** Of what a socket, a session or a stream has told as its end. */
export function cutBy(error: Error): TransportError {
  if (error instanceof TransportError) return error
  if (HTTP2_BROKEN.has(codeOf(error)))
    return new TransportError('malformed', `the target does not keep to HTTP/2: ${error.message}`, error)
  return new TransportError('cut', error.message || codeOf(error) || error.name, error)
}

/** Codes of node:http2 for a session that it ended because of what the other side sent. */
const HTTP2_BROKEN: ReadonlySet<string> = new Set(['ERR_HTTP2_ERROR', 'ERR_HTTP2_TOO_MANY_INVALID_FRAMES'])

/** The words of the error for what the target did wrong; undefined for any other, whose words differ from one to the next. */
export function faultIn(error: Error): string | undefined {
  const { code, message } = cutBy(error)
  return code === 'malformed' ? message : undefined
}

/** What a call of Node or undici has thrown: a cut where the network did it, and where we called it wrongly that very error. */
export const asCut = (error: unknown): unknown => (isOfNetwork(error) ? cutBy(error) : error)

/** Why an append or a reader ended. Throws again what neither target nor network did: it must not be told as theirs. */
export function whyOf(error: unknown): string {
  if (error instanceof TransportError || error instanceof WireError) return error.message
  throw error
}

/** Whether an append or a reader ended because the target broke its protocol, which it would do again. */
export const isMalformed = (error: unknown): boolean =>
  error instanceof WireError || (error instanceof TransportError && error.code === 'malformed')

/** Both have a code; wrong use is told by types and ranges, and by undici in words of its own. */
const isOfNetwork = (error: unknown): error is Error =>
  error instanceof Error &&
  'code' in error &&
  !(error instanceof TypeError || error instanceof RangeError) &&
  !codeOf(error).startsWith('UND_ERR_INVALID')

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '')
