import { tlsTrouble } from '../../client/wire/network-error.ts'
import { TransportError } from './transport-error.ts'

/** The target could not be reached, or is none that speaks HTTP/2. */
export const unreachable = (message: string, cause?: unknown): TransportError =>
  new TransportError('unreachable', message, cause)

/** Of TLS with another protocol inside, or with none that was agreed on: nothing was said yet, and nothing can be. */
export const noHttp2Offered = (origin: string, cause?: unknown): TransportError =>
  unreachable(`${origin} does not offer HTTP/2 over TLS (h2 by ALPN)`, cause)

export const noAnswer = (origin: string, milliseconds: number): TransportError =>
  new TransportError('timed-out', `${origin} did not answer in ${milliseconds / 1000} s`)

export const closedEarly = (origin: string, cause?: unknown): TransportError =>
  unreachable(`${origin} closed the connection before it spoke HTTP/2`, cause)

/** Of what a socket or a session fails with before HTTP/2 is spoken. */
export function connectionError(origin: string, error: Error): TransportError {
  if (error instanceof TransportError) return error
  const code = 'code' in error ? String(error.code) : ''
  if (code === NO_PROTOCOL) return noHttp2Offered(origin, error)
  // Where several addresses were tried in vain there is a code and no message.
  return unreachable(`${origin}: ${tlsTrouble(error) || code}`, error)
}

/** The alert of a server that speaks none of what it was offered. */
const NO_PROTOCOL = 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL'
