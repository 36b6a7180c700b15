import type { Ending } from '../../transport/appender.ts'
import type { Lane } from './lane.ts'

/** What decides when the next append begins. */
export interface Loop {
  /** The first moment of the plan and the end of it, on the common clock. */
  start(startUs: number, untilUs: number): void
  /** One of a lane has ended at this time. */
  ended(lane: Lane, ending: Ending, timeUs: number): void
  /** Begin nothing more. */
  halt(): void
}
