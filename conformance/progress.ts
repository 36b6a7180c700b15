import type { Io } from './cli/command.ts'
import type { RunEvents } from './run/run-suite.ts'

/** Draws what goes on into one line of a terminal; says nothing anywhere else. */
export interface Progress extends RunEvents {
  /** Takes the line away. */
  end(): void
}

/** At most this often; a check takes a few milliseconds. */
const REDRAW_MS = 80
const CLEAR = '\r\u001b[K'

export function createProgress(
  io: Pick<Io, 'err' | 'isInteractive' | 'width'>,
  now: () => number = () => performance.now(),
): Progress {
  let total = 0
  let done = 0
  let failed = 0
  let latest = ''
  let drawn = Number.NEGATIVE_INFINITY
  let isOnScreen = false

  const draw = (): void => {
    if (!io.isInteractive || now() - drawn < REDRAW_MS) return
    drawn = now()
    isOnScreen = true
    const text = `${done}/${total}${failed === 0 ? '' : `, ${failed} failed`} ${latest}`
    io.err(`${CLEAR}${text.slice(0, io.width - 1)}`)
  }
  return {
    onTarget(_, count) {
      total = count
      draw()
    },
    onStart(id) {
      latest = id
      draw()
    },
    onResult({ verdict }) {
      done += 1
      if (verdict === 'fail') failed += 1
      draw()
    },
    end() {
      if (isOnScreen) io.err(CLEAR)
      isOnScreen = false
    },
  }
}
