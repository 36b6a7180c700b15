import { tlsTrouble } from '../../conformance/target/wire/network-error.ts'

/** The target could not be reached, or is none that speaks HTTP/2. */
export class ConnectionError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'ConnectionError'
  }
}

/** Of TLS with another protocol inside, or with none that was agreed on: nothing was said yet, and nothing can be. */
export const noHttp2Offered = (origin: string, cause?: unknown): ConnectionError =>
  new ConnectionError(`${origin} does not offer HTTP/2 over TLS (h2 by ALPN)`, cause)

/** Of what a socket or a session fails with before HTTP/2 is spoken. */
export function connectionError(origin: string, error: Error): ConnectionError {
  if (error instanceof ConnectionError) return error
  const code = 'code' in error ? String(error.code) : ''
  if (code === NO_PROTOCOL) return noHttp2Offered(origin, error)
  // Where several addresses were tried in vain there is a code and no message.
  return new ConnectionError(`${origin}: ${tlsTrouble(error) || code}`, error)
}

/** The alert of a server that speaks none of what it was offered. */
const NO_PROTOCOL = 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL'
