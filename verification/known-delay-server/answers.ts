import { createNow } from '../../load/measure/clock.ts'
import { createDelays, type Delays, type Stall, stallEnd } from './delays.ts'
import { DueList } from './due-list.ts'
import { TruthLog } from './truth-log.ts'

/** What the delays of a truth server are. */
export interface TruthOptions {
  readonly delays: Delays
  /** Counts from the first request. */
  readonly stall?: Stall
}

/** Where answers go: one client's way back. */
export interface Outlet {
  /** The answer to the oldest request of this outlet that has none, or to this very one. */
  answer(row: number): void
  /** What was answered goes out now. */
  flush(): void
}

/** Decides when each request is answered, sees to it, and keeps when it was. */
export interface Answers {
  readonly log: TruthLog
  /** A request has arrived now. It is not answered before `notBefore`; returns when it will be. */
  later(outlet: Outlet, notBefore?: number): number
  close(): void
}

interface Item {
  readonly at: number
  readonly row: number
  readonly outlet: Outlet
}

/** So long it looks for the next request without rest: whoever sleeps wakes up late. */
const AWAKE_US = 200_000

/** Looks at the clock between two at the sockets, some ten microseconds: each turn of the loop makes garbage. */
const LOOKS = 256

export function createAnswers({ delays, stall }: TruthOptions): Answers {
  const now = createNow()
  const delay = createDelays(delays)
  const due = new DueList<Item>()
  const log = new TruthLog()
  const answered: Item[] = []
  const outlets = new Set<Outlet>()
  let first: number | undefined
  let last = 0
  let looked = now()
  let isAwake = false
  let isClosed = false

  /** Between two of these it looks at its sockets. */
  const turn = (): void => {
    for (let look = 0; look < LOOKS && due.next > now(); look++);
    while (due.next <= now()) {
      const item = due.take()
      if (item === undefined) break
      item.outlet.answer(item.row)
      outlets.add(item.outlet)
      answered.push(item)
    }
    if (answered.length > 0) {
      for (const outlet of outlets) outlet.flush()
      const written = now()
      for (const { row } of answered) log.written(row, written)
      answered.length = 0
      outlets.clear()
    }
    looked = now()
    isAwake = !isClosed && (due.next < Number.POSITIVE_INFINITY || looked < last + AWAKE_US)
    if (isAwake) setImmediate(turn)
  }
  return {
    log,
    later(outlet, notBefore = 0) {
      const arrived = now()
      last = arrived
      first ??= arrived
      const at = Math.max(notBefore, first + stallEnd(arrived - first, stall) + delay())
      due.add({ at, row: log.arrived(looked, arrived, at), outlet })
      if (!isAwake) setImmediate(turn)
      isAwake = true
      return at
    },
    close() {
      isClosed = true
    },
  }
}
