/** What happened in a run, a line an event. The digest stands for all lines, kept or not. */
export class Trace {
  readonly lines: string[] | undefined
  #first = 0x811c9dc5
  #second = 0x01000193
  #count = 0

  constructor(keep: boolean) {
    this.lines = keep ? [] : undefined
  }

  get count(): number {
    return this.#count
  }

  /** Of all lines so far, as hexadecimal text. */
  get digest(): string {
    return [this.#first, this.#second].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
  }

  say(line: string): void {
    this.#count++
    this.lines?.push(line)
    for (let index = 0; index < line.length; index++) {
      const code = line.charCodeAt(index)
      this.#first = Math.imul(this.#first ^ code, 0x01000193)
      this.#second = Math.imul(this.#second + code, 0x85ebca6b) ^ (this.#second >>> 13)
    }
  }
}
