import { TargetError, type TargetErrorCode } from '../target-error.ts'

const CODES: Readonly<Record<string, TargetErrorCode>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'refused',
  EAI_AGAIN: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  UND_ERR_CONNECT_TIMEOUT: 'refused',
  ECONNRESET: 'cut',
  EPIPE: 'cut',
  UND_ERR_SOCKET: 'cut',
  UND_ERR_ABORTED: 'cut',
}

/** The signal's reason if that ended the exchange, a `TargetError` for what a network does, else the error itself. */
export function explain(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  if (!(error instanceof Error) || error instanceof TargetError) return error
  const code = codeOf(error)
  if (code.startsWith('HPE_') || error.name === 'HTTPParserError') {
    return new TargetError('malformed', `the answer is not HTTP/1.1: ${error.message}`, error)
  }
  if (code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL') || code.includes('CERT')) {
    return new TargetError('refused', `no TLS connection: ${tlsTrouble(error, code)}`, error)
  }
  const kind = CODES[code]
  if (kind === undefined) return error
  const what = kind === 'refused' ? 'no connection' : 'the connection was closed'
  return new TargetError(kind, `${what} (${code})`, error)
}

/** What OpenSSL says is for whoever works on OpenSSL. */
export function tlsTrouble(error: Error, code: string = codeOf(error)): string {
  if (NO_TLS.has(code)) return 'what answers there does not speak TLS; is it http://?'
  const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : undefined
  const message = reason ?? error.message.split('\n')[0] ?? ''
  return code.includes('CERT')
    ? `${message} (NODE_EXTRA_CA_CERTS names a file of those to be trusted)`
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
