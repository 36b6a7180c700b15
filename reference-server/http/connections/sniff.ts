import type { Socket } from 'node:net'
import type { Clock } from '../../environment.ts'

export type Protocol = 'http1' | 'http2'

/** What the first bytes of a connection are; undefined while they may still become one or the other. */
export type Recognize<Kind> = (head: Uint8Array) => Kind | undefined

/**
 * Looks at a connection's first bytes, and puts them back. A client that does not get as far within `limitMs`, or hangs up,
 * loses the connection and `decide` is not called.
 */
export function sniff<Kind>(
  socket: Socket,
  recognize: Recognize<Kind>,
  clock: Clock,
  limitMs: number,
  decide: (kind: Kind) => void,
): void {
  let head: Uint8Array = Buffer.alloc(0)
  const giveUp = () => socket.destroy()
  const cancel = clock.timer(limitMs, giveUp)
  const onData = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk])
    const kind = recognize(head)
    if (kind === undefined) return
    socket.pause()
    settle()
    socket.unshift(head)
    decide(kind)
  }
  const settle = () => {
    cancel()
    socket.off('data', onData).off('end', giveUp).off('error', giveUp).off('close', settle)
  }
  socket.on('data', onData).on('end', giveUp).on('error', giveUp).on('close', settle)
}

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1')

/** HTTP/2 with prior knowledge, or HTTP/1.1 (CP-LITE-031). */
export function protocolOf(head: Uint8Array): Protocol | undefined {
  const common = Math.min(head.length, PREFACE.length)
  if (PREFACE.compare(head, 0, common, 0, common) !== 0) return 'http1'
  return head.length >= PREFACE.length ? 'http2' : undefined
}

/** Whether a client begins with TLS, or with anything else. */
export function securityOf(head: Uint8Array): 'tls' | 'plain' | undefined {
  if (head[0] === undefined) return undefined
  return head[0] === TLS_HANDSHAKE ? 'tls' : 'plain'
}

/** The type of the record in which a client greets. */
const TLS_HANDSHAKE = 0x16
