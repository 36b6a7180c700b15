import { recordOf } from '../record-of.ts'
import { type Numbers, TIMED, type Timed } from './board.ts'
import { NO_COUNTS, since } from './counts.ts'
import { encodeCounts } from './latency.ts'
import type { Counts } from './recorder.ts'

/** What had been counted at a time, in seconds of a clock of its own. */
export interface Look {
  readonly at: number
  readonly numbers: Pick<Numbers, 'timed'>
}

/**
 * Writes the interval log of HdrHistogram (version 1.3) line by line, so that only the look before is kept. Response times
 * have no tag, which is what its tools show when they are told nothing; the others have their names. Values are
 * microseconds, the highest of an interval is told in milliseconds, times are seconds from the first look on.
 */
export class IntervalLines {
  readonly #nowMs: () => number
  #first: Look | undefined
  #before: Look | undefined

  /** Tells the milliseconds since 1970. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** The lines for what came since the look before: of the first one the head, since all before it counts as nothing. */
  see(look: Look): string {
    const before = this.#before
    const first = this.#first
    this.#before = look
    if (before === undefined || first === undefined) {
      this.#first = look
      // What was counted by the first look belongs to the first interval.
      this.#before = { ...look, numbers: { timed: NOTHING } }
      return head(this.#nowMs(), look.at)
    }
    return TIMED.map((name) => {
      const counts = since(before.numbers.timed[name], look.numbers.timed[name])
      return counts.count === 0 && name !== 'response'
        ? ''
        : line(name, before.at - first.at, look.at - before.at, counts)
    }).join('')
  }

  /** The last line, for what ended only after the measured time; nothing where there was nothing. */
  end(look: Look): string {
    const counted = ({ numbers }: Look): number =>
      TIMED.reduce((sum, name) => sum + numbers.timed[name].count, 0)
    return this.#before === undefined || counted(look) === counted(this.#before) ? '' : this.see(look)
  }
}

const NOTHING = recordOf(TIMED, () => NO_COUNTS)

function head(nowMs: number, at: number): string {
  const seconds = (nowMs / 1000).toFixed(3)
  return [
    '#[Histogram log format version 1.3]',
    `#[StartTime: ${seconds} (seconds since epoch), ${new Date(nowMs).toISOString()}]`,
    `#[BaseTime: ${seconds} (seconds since epoch)]`,
    `#[Measured from ${at.toFixed(3)} s of the plan on; values in microseconds, Interval_Max in milliseconds]`,
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
    '',
  ].join('\n')
}

function line(name: Timed, start: number, length: number, counts: Counts): string {
  const tag = name === 'response' ? '' : `Tag=${name},`
  const fields = [start, length, counts.greatest / 1000].map((value) => value.toFixed(3))
  return `${tag}${fields.join(',')},${encodeCounts(counts)}\n`
}
