import { TransportError } from './transport-error.ts'

/**
 * Largest answer to one request, in bytes. An ack has about 100, an error a few hundred, and an error page of a proxy some
 * thousand.
 */
export const MAX_ANSWER_BYTES: number = 1024 * 1024

/**
 * Largest sum of the answers on one connection of HTTP/2, or on all of HTTP/1.1 of a thread, that have
 * begun and not ended.
 */
export const MAX_UNFINISHED_BYTES: number = 16 * MAX_ANSWER_BYTES

export const MANY_UNFINISHED: string = `the target began many answers and ended none: they hold more than ${MAX_UNFINISHED_BYTES} bytes`

/** Most pieces of one answer: what takes them apart costs more than their bytes where they are small. */
const MAX_ANSWER_PIECES = 16_384

export const answerTooLong = (): TransportError =>
  new TransportError('malformed', `the target sent an answer of more than ${MAX_ANSWER_BYTES} bytes`)

/** The body of an answer as it arrives, in one buffer however small its pieces are. */
export class AnswerBody {
  #bytes: Buffer = EMPTY
  #length = 0
  #pieces = 0

  get length(): number {
    return this.#length
  }

  /** Adds a copy of the piece, or returns the error of an answer that goes beyond the limits. */
  add(piece: Buffer): TransportError | undefined {
    const length = this.#length + piece.length
    if (length > MAX_ANSWER_BYTES) return answerTooLong()
    this.#pieces += 1
    if (this.#pieces > MAX_ANSWER_PIECES)
      return new TransportError(
        'malformed',
        `the target sent an answer in more than ${MAX_ANSWER_PIECES} pieces`,
      )
    if (this.#length === 0) this.#bytes = Buffer.from(piece)
    else {
      if (length > this.#bytes.length) this.#grow(length)
      piece.copy(this.#bytes, this.#length)
    }
    this.#length = length
    return undefined
  }

  /** All that has arrived. */
  get bytes(): Buffer {
    return this.#length === this.#bytes.length ? this.#bytes : this.#bytes.subarray(0, this.#length)
  }

  #grow(length: number): void {
    const larger = Buffer.allocUnsafe(Math.max(length, 2 * this.#bytes.length))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}

const EMPTY = Buffer.alloc(0)
