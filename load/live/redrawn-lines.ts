/** Lines that are drawn over on a terminal, at the place where they were drawn first. */
export interface RedrawnLines {
  draw(lines: readonly string[]): void
  /** Somebody else has written: what was drawn stays above it, and the next drawing begins below. */
  leave(): void
  /** Takes away what was drawn, and gives the cursor back. May be called again. */
  close(): void
}

const HIDE = '\u001b[?25l'
const SHOW = '\u001b[?25h'
const CLEAR_LINE = '\u001b[K'
const CLEAR_BELOW = '\u001b[J'

/** `write` reaches the terminal. */
export function createScreen(write: (text: string) => void): RedrawnLines {
  let drawn = 0
  let isHidden = false
  const back = (): string => (drawn === 0 ? '' : `\u001b[${drawn}A\r`)
  return {
    draw(lines) {
      // In one piece, so that no half of it is seen.
      const text = lines.map((line) => `${line}${CLEAR_LINE}\n`).join('')
      write(`${isHidden ? '' : HIDE}${back()}${text}${CLEAR_BELOW}`)
      isHidden = true
      drawn = lines.length
    },
    leave() {
      drawn = 0
    },
    close() {
      if (isHidden) write(`${back()}${CLEAR_BELOW}${SHOW}`)
      isHidden = false
      drawn = 0
    },
  }
}
