import type { Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { refuse } from '../../semantics/refusal.ts'
import type { Services } from '../services.ts'
import type { Certificate } from './certificate.ts'
import { refuseConnection } from './malformed.ts'
import { type Protocol, protocolOf, securityOf, sniff } from './sniff.ts'

/** Takes a new connection, and calls `admit` with the one to talk on once it is known what is spoken on it. */
export type ProtocolDetector = (socket: Socket) => void

export type OnDetected = (socket: Socket, protocol: Protocol) => void

/** HTTP/1.1 and HTTP/2 with prior knowledge on one plain port (RTE-030, CP-LITE-031). */
export function detectPlain({ clock }: Services, admit: OnDetected): ProtocolDetector {
  return (socket) =>
    sniff(socket, protocolOf, clock, FIRST_BYTES_LIMIT_MS, (protocol) => admit(socket, protocol))
}

/** The same two over TLS, where ALPN says which; who does not say so speaks HTTP/1.1 (CP-LITE-031). */
export function detectByAlpn(
  { cert, key }: Certificate,
  services: Services,
  admit: OnDetected,
): ProtocolDetector {
  const { clock, wire, log } = services
  const tls = createTlsServer({
    cert,
    key,
    ALPNProtocols: ['h2', 'http/1.1'],
    handshakeTimeout: FIRST_BYTES_LIMIT_MS,
  })
  tls.on('tlsClientError', (error) => {
    log.debug({ why: 'code' in error ? String(error.code) : error.name }, 'no handshake')
  })
  tls.on('secureConnection', (socket) => admit(socket, socket.alpnProtocol === 'h2' ? 'http2' : 'http1'))
  return (socket) =>
    sniff(socket, securityOf, clock, FIRST_BYTES_LIMIT_MS, (security) => {
      if (security === 'tls') tls.emit('connection', socket)
      else refuseConnection(socket.resume(), wire, refuse('bad_header', 'this port speaks TLS: use https'))
    })
}

/** A connection must say within this time what it speaks. */
const FIRST_BYTES_LIMIT_MS = 60_000
