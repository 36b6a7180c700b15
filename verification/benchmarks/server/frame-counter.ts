/** Counts the frames of a session without looking into them. Throws when a terminal frame comes: no session here has one. */
export class FrameCounter {
  /** Bytes of the length prefix seen so far, as a number, and how many. */
  #prefix = 0
  #prefixBytes = 0
  #left = 0
  #isFirst = false

  /** How many frames this chunk completes, and how many bytes of frame bodies it holds. */
  push(chunk: Uint8Array): { readonly frames: number; readonly bytes: number } {
    let frames = 0
    let bytes = 0
    for (let at = 0; at < chunk.length; ) {
      if (this.#prefixBytes < 3) {
        this.#prefix = this.#prefix * 256 + (chunk[at++] ?? 0)
        if (++this.#prefixBytes < 3) continue
        this.#left = this.#prefix
        this.#prefix = 0
        this.#isFirst = true
        continue
      }
      if (this.#isFirst && ((chunk[at] ?? 0) & 0x80) !== 0) throw new Error('the session was refused')
      this.#isFirst = false
      const taken = Math.min(this.#left, chunk.length - at)
      at += taken
      bytes += taken
      this.#left -= taken
      if (this.#left > 0) continue
      frames++
      this.#prefixBytes = 0
    }
    return { frames, bytes }
  }
}
