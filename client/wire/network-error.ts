import { TargetError, type TargetErrorCode } from '../target-error.ts'

const CODES: Readonly<Record<string, TargetErrorCode>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'refused',
  EAI_AGAIN: 'refused',
  EAI_FAIL: 'refused',
  EHOSTUNREACH: 'refused',
  EHOSTDOWN: 'refused',
  ENETUNREACH: 'refused',
  ENETDOWN: 'refused',
  ETIMEDOUT: 'refused',
  EADDRNOTAVAIL: 'refused',
  EMFILE: 'refused',
  ENFILE: 'refused',
  ENOBUFS: 'refused',
  UND_ERR_CONNECT_TIMEOUT: 'refused',
  ECONNRESET: 'cut',
  ECONNABORTED: 'cut',
  EPIPE: 'cut',
  ERR_STREAM_PREMATURE_CLOSE: 'cut',
  ERR_HTTP2_GOAWAY_SESSION: 'cut',
  ERR_HTTP2_INVALID_SESSION: 'cut',
  UND_ERR_SOCKET: 'cut',
  UND_ERR_ABORTED: 'cut',
  // A connection that undici ends while a request waits on it.
  UND_ERR_INFO: 'cut',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'malformed',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'too-large',
}

const WHAT: Readonly<Record<TargetErrorCode, string>> = {
  refused: 'no connection',
  cut: 'the connection was closed',
  reset: 'the stream was reset',
  timeout: 'the answer did not come in time',
  malformed: 'the answer is not HTTP/1.1',
  'too-large': 'the answer is too large',
}

/** The signal's reason if that ended the exchange, a `TargetError` for what a network does, else the error itself. */
export function explain(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  if (!(error instanceof Error) || error instanceof TargetError) return error
  const code = codeOf(error)
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW')
    return new TargetError('malformed', `the response headers are too long (${code})`, error)
  if (code.startsWith('HPE_') || error.name === 'HTTPParserError') {
    return new TargetError('malformed', `the answer is not HTTP/1.1: ${error.message}`, error)
  }
  if (isTls(code)) {
    return new TargetError('refused', `no TLS connection: ${tlsTrouble(error, code)}`, error)
  }
  const kind = CODES[code]
  if (kind === undefined) return error
  return new TargetError(kind, `${WHAT[kind]} (${code})`, error)
}

const isTls = (code: string): boolean =>
  /^(ERR_TLS|ERR_SSL|EPROTO$|UNABLE_TO_VERIFY_LEAF_SIGNATURE$)/.test(code) || code.includes('CERT')

/** What OpenSSL says is for whoever works on OpenSSL. */
export function tlsTrouble(error: Error, code: string = codeOf(error)): string {
  if (NO_TLS.has(code)) return 'what answers there does not speak TLS; is it http://?'
  const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : undefined
  const message = reason ?? error.message.split('\n')[0] ?? ''
  return code.includes('CERT') || code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'
    ? `${message} (trust it with --ca FILE or NODE_EXTRA_CA_CERTS=FILE, or accept any with --insecure)`
    : message
}

/** What a client reads that waits for TLS and is sent text. */
const NO_TLS: ReadonlySet<string> = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_HTTP_REQUEST',
])

function codeOf(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  // Where several addresses were tried, the first attempt tells the story.
  const [first] = error instanceof AggregateError ? error.errors : []
  return code === '' && first instanceof Error && 'code' in first ? String(first.code) : code
}

/** Header values as one text each; repeated ones are joined. */
export function flattenHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return flat
}
