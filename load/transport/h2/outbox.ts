import type { Socket } from 'node:net'
import { ERROR } from './frame.ts'
import { Http2Error } from './frame-reader.ts'

/** Up to here many pieces are copied into one, which costs less than writing them apart. */
const WORTH_COPYING = 64 * 1024

/**
 * Most bytes of replies, acknowledgements of PING and SETTINGS frames, that wait to be sent: some 15,000 of them. A target that
 * reads takes them at once.
 */
export const MAX_UNSENT_REPLY_BYTES: number = 256 * 1024

/** Gathers what is sent in one turn of the event loop, and writes it at its end. */
export class Outbox {
  readonly #socket: Socket
  #pieces: Buffer[] = []
  #bytes = 0
  /** Bytes of replies among the pieces, and bytes of replies that are written and not yet sent. */
  #replies = 0
  #unsentReplies = 0

  constructor(socket: Socket) {
    this.#socket = socket
  }

  push(piece: Buffer): void {
    // After all that is ready to run now, which may have more to send.
    if (this.#pieces.length === 0) process.nextTick(() => this.flush())
    this.#pieces.push(piece)
    this.#bytes += piece.length
  }

  /** Adds a reply to something that the target sent. Throws `Http2Error` where the target does not read them. */
  reply(piece: Buffer): void {
    this.#replies += piece.length
    if (this.#replies + this.#unsentReplies > MAX_UNSENT_REPLY_BYTES)
      throw new Http2Error(
        `the target sent PING or SETTINGS frames and did not read the replies: ${MAX_UNSENT_REPLY_BYTES} bytes wait`,
        ERROR.enhanceYourCalm,
      )
    this.push(piece)
  }

  /** At once. */
  flush(): void {
    if (this.#pieces.length === 0) return
    const pieces = this.#pieces
    const bytes = this.#bytes
    this.#pieces = []
    this.#bytes = 0
    const onSent = this.#onSent()
    if (!this.#socket.writable) return
    if (bytes <= WORTH_COPYING) {
      this.#socket.write(pieces.length === 1 ? (pieces[0] ?? '') : Buffer.concat(pieces, bytes), onSent)
      return
    }
    this.#socket.cork()
    for (const [at, piece] of pieces.entries())
      this.#socket.write(piece, at === pieces.length - 1 ? onSent : undefined)
    this.#socket.uncork()
  }

  /** Counts the replies among the pieces as sent once they are; undefined where there are none. */
  #onSent(): (() => void) | undefined {
    const replies = this.#replies
    if (replies === 0) return undefined
    this.#replies = 0
    this.#unsentReplies += replies
    return () => {
      this.#unsentReplies -= replies
    }
  }
}
