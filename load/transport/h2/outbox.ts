import type { Socket } from 'node:net'

/** Up to here many pieces are copied into one, which costs less than writing them apart. */
const WORTH_COPYING = 64 * 1024

/** Gathers what is sent in one turn of the event loop, and writes it at its end. */
export class Outbox {
  readonly #socket: Socket
  #pieces: Buffer[] = []
  #bytes = 0

  constructor(socket: Socket) {
    this.#socket = socket
  }

  push(piece: Buffer): void {
    // After all that is ready to run now, which may have more to send.
    if (this.#pieces.length === 0) process.nextTick(() => this.flush())
    this.#pieces.push(piece)
    this.#bytes += piece.length
  }

  /** At once. */
  flush(): void {
    if (this.#pieces.length === 0) return
    const pieces = this.#pieces
    const bytes = this.#bytes
    this.#pieces = []
    this.#bytes = 0
    if (!this.#socket.writable) return
    if (bytes <= WORTH_COPYING) {
      this.#socket.write(pieces.length === 1 ? (pieces[0] ?? '') : Buffer.concat(pieces, bytes))
      return
    }
    this.#socket.cork()
    for (const piece of pieces) this.#socket.write(piece)
    this.#socket.uncork()
  }
}
