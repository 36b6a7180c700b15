import type { WindowsFigures } from '../../../reports/load/result.ts'
import type { WindowFigures } from '../../transport/window-audit.ts'
import type { Workload } from '../../workload/workload.ts'

/** Of all threads: the worst, or the sum of what is counted. */
export function flowControlFigures(all: readonly WindowFigures[], { windows }: Workload): WindowsFigures {
  const [first] = all
  const sum = (of: (each: WindowFigures) => number): number =>
    all.reduce((total, each) => total + of(each), 0)
  const most = (of: (each: WindowFigures) => number): number => Math.max(0, ...all.map(of))
  return {
    ours: windows,
    theirs: first?.theirs ?? { stream: 0, connection: 0 },
    leastLeft: Math.min(...all.map(({ leastLeft }) => leastLeft)),
    grown: sum(({ grown }) => grown),
    blocked: {
      byConnectionMs: rounded(sum(({ blockedByConnectionMs }) => blockedByConnectionMs)),
      byStreamMs: rounded(sum(({ blockedByStreamMs }) => blockedByStreamMs)),
      stretches: sum(({ stretches }) => stretches),
      longestMs: rounded(most(({ longestMs }) => longestMs)),
    },
    oursTaken: most(({ oursTaken }) => oursTaken),
  }
}

/** Milliseconds, to the microsecond. */
const rounded = (milliseconds: number): number => Number(milliseconds.toFixed(3))
