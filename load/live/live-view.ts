import type { Io } from '../../kit/cli/command.ts'
import type { LiveMoment } from '../run/coordinator/live-moment.ts'
import type { Workload } from '../workload/workload.ts'
import { lineOf, linesOf } from './lines.ts'
import { liveFigures } from './live-figures.ts'
import { createScreen } from './redrawn-lines.ts'

/** Shows how a load goes; nothing of it asks a thread that measures. */
export interface LiveView {
  see(moment: LiveMoment): void
  close(): void
}

/** A line in a log says what happened in so many seconds. */
const LOG_SECONDS = 5

/** Several lines on a terminal, one every few seconds elsewhere where that is asked for, else nothing. */
export function createLiveView(
  io: Pick<Io, 'err' | 'isInteractive' | 'progressWidth' | 'interrupted'>,
  workload: Workload,
  isLogged: boolean,
): LiveView {
  if (io.isInteractive) return onTerminal(io, workload)
  let before: LiveMoment | undefined
  return {
    see(moment) {
      if (!isLogged || (before !== undefined && moment.at - before.at < LOG_SECONDS)) return
      io.err(`${lineOf(liveFigures(before, moment, workload))}\n`)
      before = moment
    },
    close() {},
  }
}

/** A terminal that does not say how wide it is. */
const COMMON_WIDTH = 80

function onTerminal(io: Pick<Io, 'err' | 'progressWidth' | 'interrupted'>, workload: Workload): LiveView {
  const screen = createScreen(io.err)
  let before: LiveMoment | undefined
  const leave = (): void => screen.leave()
  // Whoever quits at once wants the cursor back all the same.
  const close = (): void => screen.close()
  process.once('exit', close)
  io.interrupted.addEventListener('abort', leave)
  return {
    see(moment) {
      // A line that fills the last column would wrap.
      screen.draw(linesOf(liveFigures(before, moment, workload), (io.progressWidth ?? COMMON_WIDTH) - 1))
      before = moment
    },
    close() {
      process.off('exit', close)
      io.interrupted.removeEventListener('abort', leave)
      screen.close()
    },
  }
}
