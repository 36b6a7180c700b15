import type { Task } from './messages.ts'
import type { Wiring } from './wiring.ts'

/** What the parts of an engine are made from. */
export interface EngineParts {
  readonly task: Task
  readonly wiring: Wiring
  /** Whether what was planned for this time counts. */
  isMeasured(timeUs: number): boolean
}
