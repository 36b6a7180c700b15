import type { Numbers } from '../../measure/board.ts'
import { SECOND_US } from '../../measure/clock.ts'
import { describeFault } from '../../workload/faults.ts'
import type { Workload } from '../../workload/workload.ts'

export type Stage = 'waiting' | 'warm-up' | 'measuring' | 'draining' | 'reading'

/** How a load stands, for whoever looks on. */
export interface LiveMoment {
  readonly stage: Stage
  /** Seconds since the plan began; below 0 before. */
  readonly at: number
  readonly numbers: Numbers
  readonly faults: readonly FaultState[]
}

export interface FaultState {
  /** `kill at 5s`. */
  readonly what: string
  /** `planned`, `in progress`, `recovered after 0.52 s`. */
  readonly state: string
}

/** Shows moments while a load is made, from what lies in shared memory alone. */
export interface LiveMoments {
  /** When the plan begins, on the clock of `now`. */
  begin(startUs: number): void
  enter(stage: 'draining' | 'reading'): void
  fault(index: number, state: string): void
  end(): void
}

const VIEW_MS = 500

export function createMoments(
  { faults, warmupSeconds }: Pick<Workload, 'faults' | 'warmupSeconds'>,
  onMoment: ((moment: LiveMoment) => void) | undefined,
  look: () => Numbers,
  now: () => number,
): LiveMoments {
  const states = faults.map((fault) => ({ what: describeFault(fault), state: 'planned' }))
  let entered: Stage | undefined
  let startUs = Number.POSITIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  const show = (): void => {
    const at = (now() - startUs) / SECOND_US
    const planned = at < 0 ? 'waiting' : at < warmupSeconds ? 'warm-up' : 'measuring'
    onMoment?.({ stage: entered ?? planned, at, numbers: look(), faults: [...states] })
  }
  return {
    begin(at) {
      startUs = at
      if (onMoment !== undefined) timer = setInterval(show, VIEW_MS)
    },
    enter(stage) {
      entered = stage
    },
    fault(index, state) {
      const known = states[index]
      if (known !== undefined) states[index] = { ...known, state }
    },
    end: () => clearInterval(timer),
  }
}
