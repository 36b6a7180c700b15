import type { Socket } from 'node:net'
import type { Clock } from '../environment.ts'

export type Protocol = 'http1' | 'http2'

/**
 * Tells HTTP/2 with prior knowledge from HTTP/1.1 by a connection's first bytes, and puts them back (CP-LITE-031). A
 * client that does not get as far within `limitMs`, or hangs up, loses the connection and `decide` is not called.
 */
export function sniff(
  socket: Socket,
  clock: Clock,
  limitMs: number,
  decide: (protocol: Protocol) => void,
): void {
  let head: Uint8Array = Buffer.alloc(0)
  const giveUp = () => socket.destroy()
  const cancel = clock.timer(limitMs, giveUp)
  const onData = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk])
    const protocol = protocolOf(head)
    if (protocol === undefined) return
    socket.pause()
    settle()
    socket.unshift(head)
    decide(protocol)
  }
  const settle = () => {
    cancel()
    socket.off('data', onData).off('end', giveUp).off('error', giveUp).off('close', settle)
  }
  socket.on('data', onData).on('end', giveUp).on('error', giveUp).on('close', settle)
}

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1')

/** Undefined while the bytes may still become the preface of HTTP/2. */
export function protocolOf(head: Uint8Array): Protocol | undefined {
  const common = Math.min(head.length, PREFACE.length)
  if (PREFACE.compare(head, 0, common, 0, common) !== 0) return 'http1'
  return head.length < PREFACE.length ? undefined : 'http2'
}
