import { EventEmitter } from 'node:events'
import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2'
import type { Socket } from 'node:net'

/**
 * Most bytes in a row that bring no part of an answer, beyond what the windows let the target send: 80,000 frames of
 * WINDOW_UPDATE, or header blocks of sixteen answers.
 */
export const MAX_IDLE_BYTES: number = 1024 * 1024
/** Most informational answers to one request. */
export const MAX_INFORMATIONAL = 100
const LOOK_MS = 50

const watches = new WeakMap<object, (stream: ClientHttp2Stream) => void>()

/**
 * Limits the bytes in a row that bring no part of an answer to a session of node:http2. Node reports neither WINDOW_UPDATE
 * nor most other frames, and takes any number of them, so the bytes of the connection are counted. The session is destroyed
 * with the error that `fault` creates from a sentence.
 */
export function limitIdleBytes(
  session: ClientHttp2Session,
  fault: (why: string) => Error,
  most: number = MAX_IDLE_BYTES,
): void {
  let socket: Pick<Socket, 'bytesRead'> = { bytesRead: 0 }
  let heardAt = 0
  const heard = (): void => {
    heardAt = socket.bytesRead
  }
  const timer = setInterval(() => {
    if (socket.bytesRead - heardAt > most)
      session.destroy(fault(`the target sent more than ${most} bytes that brought no part of an answer`))
  }, LOOK_MS).unref()
  session.once('connect', (_session, connection) => {
    // The connection of a request that is spelt byte by byte counts nothing.
    if ('bytesRead' in connection) socket = connection
  })
  session.once('close', () => clearInterval(timer))
  watches.set(session, (stream) => {
    let informational = 0
    stream.once('response', heard).once('close', heard)
    // The stream's own `on` would let the data flow before there is a reader.
    EventEmitter.prototype.on.call(stream, 'data', heard)
    stream.on('headers', () => {
      informational += 1
      if (informational > MAX_INFORMATIONAL)
        stream.destroy(
          fault(`the target sent more than ${MAX_INFORMATIONAL} informational answers to one request`),
        )
    })
  })
}

/** Counts what arrives for this stream as part of an answer, and its informational answers. Returns the stream. */
export function countAnswer(session: ClientHttp2Session, stream: ClientHttp2Stream): ClientHttp2Stream {
  watches.get(session)?.(stream)
  return stream
}
