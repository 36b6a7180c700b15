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
    return new TargetError('refused', `no TLS connection: ${error.message}`, error)
  }
  const kind = CODES[code]
  if (kind === undefined) return error
  const what = kind === 'refused' ? 'no connection' : 'the connection was closed'
  return new TargetError(kind, `${what} (${code})`, error)
}

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
