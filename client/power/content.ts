/** The bytes of a file, with room to grow. */
export class Content {
  #room: Buffer = Buffer.alloc(0)
  #length = 0

  get bytes(): Buffer {
    return this.#room.subarray(0, this.#length)
  }

  write(offset: number, bytes: Buffer): void {
    this.resize(Math.max(this.#length, offset + bytes.length))
    bytes.copy(this.#room, offset)
  }

  /** Zeros where it grows. */
  resize(size: number): void {
    if (size > this.#room.length) {
      const room = Buffer.alloc(size * 2)
      this.bytes.copy(room)
      this.#room = room
    }
    if (size < this.#length) this.#room.fill(0, size, this.#length)
    this.#length = size
  }
}
