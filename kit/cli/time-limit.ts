import { TimeSpent } from '../run-ended.ts'
import type { Io, Option } from './command.ts'
import { wholeNumber } from './whole-number.ts'

/** The option of every command that sends requests to a server. */
export const TIME_LIMIT_OPTION: Option = {
  name: 'max-seconds',
  value: 'N',
  help: 'end the command after so many seconds, as Ctrl-C does: what was found until then is reported',
}

/** Eleven days, and below the longest timer of Node. */
const MOST_SECONDS = 1_000_000

/** Reads `--max-seconds`. Throws `UsageError`. */
export const timeLimitFrom = (text: string): number => wholeNumber('--max-seconds', text, 1, MOST_SECONDS)

/** Calls `use` with an `Io` that is interrupted, with a `TimeSpent`, once so many seconds are over. */
export async function withTimeLimit<T>(
  io: Io,
  program: string,
  seconds: number | undefined,
  use: (io: Io) => Promise<T>,
): Promise<T> {
  if (seconds === undefined) return await use(io)
  const over = new AbortController()
  const timer = setTimeout(() => {
    if (io.interrupted.aborted) return
    io.err(`${program}: the time limit of ${seconds} s (--max-seconds) is over: stopping and cleaning up\n`)
    over.abort(new TimeSpent(seconds))
  }, seconds * 1000)
  try {
    return await use({
      ...io,
      // A width may change while the command runs.
      get progressWidth() {
        return io.progressWidth
      },
      interrupted: AbortSignal.any([io.interrupted, over.signal]),
    })
  } finally {
    clearTimeout(timer)
  }
}
