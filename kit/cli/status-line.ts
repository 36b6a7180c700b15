import type { Io } from './command.ts'

/** One line of a terminal that is redrawn; nothing is written where stderr is no terminal. */
export interface StatusLine {
  /** Shows the text in place of the last one, cut to the width of the terminal. */
  draw(text: string): void
  /** Removes the line, so that other text can be printed. */
  clear(): void
}

const CLEAR = '\r\u001b[K'

export function createStatusLine(io: Pick<Io, 'err' | 'isInteractive' | 'progressWidth'>): StatusLine {
  let isOnScreen = false
  return {
    draw(text) {
      if (!io.isInteractive) return
      isOnScreen = true
      const width = io.progressWidth
      // A terminal would move to the next line after the last column.
      io.err(`${CLEAR}${width === undefined ? text : text.slice(0, width - 1)}`)
    },
    clear() {
      if (isOnScreen) io.err(CLEAR)
      isOnScreen = false
    },
  }
}
