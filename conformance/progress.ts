import type { Io } from '../kit/cli/command.ts'
import { createStatusLine } from '../kit/cli/status-line.ts'
import { remainingMs } from './run/remaining-time.ts'
import type { RunEvents } from './run/run-suite.ts'

/** Reports how far a run is: one line of a terminal that is redrawn, or lines for a pipe if these were requested. */
export interface Progress extends RunEvents {
  /** Removes the line. */
  end(): void
}

export interface ProgressOptions {
  /** Print lines where there is no terminal. */
  readonly lines: boolean
  /** The expected time of each row that was selected, in milliseconds. */
  readonly expected: ReadonlyMap<string, number>
}

/** A check takes a few milliseconds, so the line is redrawn at most this often. */
const REDRAW_MS = 80
const LINE_MS = 10_000

/** Failures are printed as they come. The remaining time is estimated from the measured cost of each row. */
export function createProgress(
  io: Pick<Io, 'err' | 'isInteractive' | 'progressWidth'>,
  { lines, expected }: ProgressOptions,
  now: () => number = () => performance.now(),
): Progress {
  const finished = new Set<string>()
  let total = 0
  let failed = 0
  let latest = ''
  let begun = now()
  let written = Number.NEGATIVE_INFINITY
  const line = createStatusLine(io)

  const status = (): string => {
    const left = remainingMs(expected, finished, now() - begun)
    return [
      `${finished.size}/${total}`,
      ...(failed === 0 ? [] : [`${failed} failed`]),
      ...(left === undefined ? [] : [`about ${durationOf(left)} left`]),
    ].join(', ')
  }
  const update = (): void => {
    if (!io.isInteractive && !lines) return
    if (now() - written < (io.isInteractive ? REDRAW_MS : LINE_MS)) return
    written = now()
    if (io.isInteractive) line.draw(`${status()} ${latest}`)
    else
      io.err(`${status()}
`)
  }
  return {
    onTarget(_, count) {
      total = count
      begun = now()
      update()
    },
    onStart(id) {
      latest = id
      update()
    },
    onResult({ id, title, verdict }) {
      finished.add(id)
      if (verdict === 'fail') {
        failed += 1
        line.clear()
        if (io.isInteractive || lines) io.err(`FAIL ${id} ${title}\n`)
      }
      update()
    },
    end: line.clear,
  }
}

/** `45 s`, `3 min` */
function durationOf(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
