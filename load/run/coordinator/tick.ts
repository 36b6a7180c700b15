import type { Numbers } from '../../measure/board.ts'

export interface Tick {
  /** Seconds since the plan began, warm-up included; after the plan's end it stays there. */
  readonly at: number
  readonly numbers: Numbers
  /** Of the target, in seconds, so far. */
  readonly targetCpu?: number | undefined
}
