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
export const cutBy = (error: Error): TransportError =>
  error instanceof TransportError
    ? error
    : new TransportError('cut', error.message || codeOf(error) || error.name, error)

/** What a call of Node or undici has thrown: a cut where the network did it, and where we called it wrongly that very error. */
export const asCut = (error: unknown): unknown => (isOfNetwork(error) ? cutBy(error) : error)

/** Why an append or a reader ended. Throws again what neither target nor network did: it must not be told as theirs. */
export function whyOf(error: unknown): string {
  if (error instanceof TransportError || error instanceof WireError) return error.message
  throw error
}

/** Both have a code; wrong use is told by types and ranges, and by undici in words of its own. */
const isOfNetwork = (error: unknown): error is Error =>
  error instanceof Error &&
  'code' in error &&
  !(error instanceof TypeError || error instanceof RangeError) &&
  !codeOf(error).startsWith('UND_ERR_INVALID')

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '')
