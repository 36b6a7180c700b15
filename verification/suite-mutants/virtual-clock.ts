import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { hasBusyThread } from './busy-threads.ts'
import type { SharedClock } from './shared-clock.ts'

interface Wait {
  readonly due: number
  readonly fire: () => void
}

/**
 * Stands still while anything goes on in this process, and goes to the next moment that somebody waits for once nothing does:
 * then all wait, and no packet is on its way between them. So a wait of a minute takes none, and nobody is late. As little
 * happens at the same time as can be, which is why rows about what overlaps want the real one.
 */
export function createVirtualClock(): SharedClock {
  let now = Date.now()
  let isDriven = false
  /** The earliest first; of one moment, in the order in which they came. */
  const waits: Wait[] = []

  async function drive(): Promise<void> {
    for (let next = waits[0]; next !== undefined; next = waits[0]) {
      await quiet(next.due - now)
      // What goes on may have made an earlier wait, or ended this one.
      if (waits[0] !== next) continue
      waits.shift()
      now = Math.max(now, next.due)
      next.fire()
    }
    isDriven = false
  }

  const after = (milliseconds: number, fire: () => void): (() => void) => {
    const wait = { due: now + milliseconds, fire }
    const place = waits.findLastIndex(({ due }) => due <= wait.due)
    waits.splice(place + 1, 0, wait)
    if (!isDriven) {
      isDriven = true
      void drive()
    }
    return () => {
      const at = waits.indexOf(wait)
      if (at !== -1) waits.splice(at, 1)
    }
  }
  return {
    checks: { now: () => now, after },
    server: { now: () => BigInt(Math.floor(now)), timer: after },
  }
}

/**
 * Resolves when nothing has happened for some real milliseconds: no packet came, no work of another thread was done or is
 * under way. A thread that waits for a processor counts as work, so that no deadline passes because the machine is busy. To go
 * far takes more milliseconds, for systems that do not report the state of threads.
 */
async function quiet(distance: number): Promise<void> {
  let calm = 0
  const enough = distance > FAR_MS ? FAR_CALM : NEAR_CALM
  while (calm < enough) {
    const before = happened()
    // Before the last turn: the event of a thread that has just become idle comes in that turn.
    const isWorking = calm === enough - 1 && hasBusyThread()
    await delay(1)
    if (happened() !== before) calm = 0
    else if (!isWorking) calm += 1
  }
}

const FAR_MS = 500

/** Milliseconds, real ones. */
const NEAR_CALM = 5
const FAR_CALM = 40

/** Events that the event loop has taken from the system so far; timers are none. */
export const happened = (): number => performance.nodeTiming.uvMetricsInfo.events
