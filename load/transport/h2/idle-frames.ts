import { ERROR } from './frame.ts'
import { Http2Error } from './frame-reader.ts'

/** Most frames in a row that bring no part of an answer. */
export const MAX_IDLE_FRAMES = 10_000
/** A target that takes longer than this for so many of them keeps its connection alive, and does no harm. */
const HARMLESS_MS = 100_000

/**
 * Counts the frames in a row that bring neither the head, nor content, nor the end of an answer: PING, SETTINGS, empty DATA,
 * informational answers, frames of unknown types. Each is allowed, and without end they take a processor.
 */
export class IdleFrames {
  readonly #now: () => number
  #count = 0
  #sinceMs: number

  /** `now` returns milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
    this.#sinceMs = now()
  }

  /** Counts one more. Throws `Http2Error` for one too many. */
  add(): void {
    this.#count += 1
    if (this.#count <= MAX_IDLE_FRAMES) return
    const now = this.#now()
    if (now - this.#sinceMs < HARMLESS_MS)
      throw new Http2Error(
        `the target sent ${MAX_IDLE_FRAMES} frames in a row that brought no part of an answer`,
        ERROR.enhanceYourCalm,
      )
    this.#count = 0
    this.#sinceMs = now
  }

  /** Leaves the last one out. */
  forgetLast(): void {
    this.#count -= 1
  }

  /** Part of an answer arrived. */
  reset(): void {
    this.#count = 0
  }
}
