import type { Now } from '../measure/clock.ts'

/**
 * How a thread waits for the next planned moment. `timer` costs little and is late by a millisecond or so, `spin` takes a
 * core and is late by microseconds, `hybrid` sleeps while the moment is far and spins when it is near. None hides
 * latency, which counts from the plan.
 */
export type Pacing = 'timer' | 'hybrid' | 'spin'

export interface PacerParts {
  readonly now: Now
  readonly pacing: Pacing
  /** When the next operation is due, on the clock of `now`; Infinity when nothing more will be. */
  due(): number
  /** Begins the operation that is due. False: there is no room for it now, and `resume` will be called. */
  begin(): boolean
}

export interface Pacer {
  start(): void
  /** There is room again. */
  resume(): void
  stop(): void
}

/** A timer may fire this much too late, or a bit too early. */
const TIMER_SLACK_US = 2000
/** Operations begun before the loop turns to its sockets. */
const AT_ONCE = 64
/**
 * Looks at the clock before the loop turns to its sockets, some ten microseconds. Each turn makes garbage; without these
 * looks it is collected dozens of times a second, which takes longer than what arrives meanwhile has to wait.
 */
const LOOKS = 256

export function createPacer({ now, pacing, due, begin }: PacerParts): Pacer {
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  let immediate: NodeJS.Immediate | undefined

  const turn = (): void => {
    timer = undefined
    immediate = undefined
    if (isStopped) return
    for (let begun = 0; begun < AT_ONCE; begun++) {
      // What was begun goes out when the loop turns: it is not kept waiting for the next.
      const isDue = begun > 0 ? due() <= now() : isDueSoon()
      if (!isDue) wait()
      if (!isDue || !begin()) return
    }
    immediate = setImmediate(turn)
  }
  const isDueSoon = (): boolean => {
    const at = due()
    const left = at - now()
    if (left <= 0 || !isNear(left)) return left <= 0
    for (let look = 0; look < LOOKS; look++) if (at <= now()) return true
    return false
  }
  const isNear = (left: number): boolean =>
    pacing === 'spin' || (pacing === 'hybrid' && left <= TIMER_SLACK_US)
  const wait = (): void => {
    const left = due() - now()
    if (left === Number.POSITIVE_INFINITY) return
    if (isNear(left)) immediate = setImmediate(turn)
    else timer = setTimeout(turn, Math.max(1, (left - (pacing === 'hybrid' ? TIMER_SLACK_US : 0)) / 1000))
  }
  return {
    start: turn,
    resume() {
      if (timer === undefined && immediate === undefined) immediate = setImmediate(turn)
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
      clearImmediate(immediate)
    },
  }
}
