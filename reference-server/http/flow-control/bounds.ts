import type { Clock } from '../../environment.ts'
import { connectionLimit } from './connection-limit.ts'
import { MemoryBudget } from './memory-budget.ts'
import { Turns } from './turns.ts'
import { Window } from './window.ts'

/** What the server holds for all its clients together. Each is a number of bytes in memory, about. */
export interface BoundsOptions {
  /** Appends from the moment they are let in until they are durable (CP-LIM-024). */
  readonly appendsInFlight: number
  /** Bodies and frames of which the end has not come, or which wait to be let in. */
  readonly received: number
  /** Answers that their clients have not taken yet. */
  readonly unsent: number
  /** This one of connections: whoever comes beyond them is closed at once. */
  readonly connections?: number
}

const MIB = 1_048_576

export const DEFAULT_BOUNDS: BoundsOptions = {
  appendsInFlight: 128 * MIB,
  received: 256 * MIB,
  unsent: 256 * MIB,
}

/** The places where clients wait for each other, or are given up for each other. */
export interface Bounds {
  readonly appends: Window
  readonly received: MemoryBudget
  readonly unsent: MemoryBudget
  /** In which large bodies are decoded. */
  readonly turns: Turns
  readonly connections: number
}

/** Of appends in flight: whoever comes is served behind so many, and their sync takes them all. */
const MOST_APPENDS = 2048

export function createBounds(options: BoundsOptions, clock: Clock): Bounds {
  const { appendsInFlight, received, unsent, connections = connectionLimit() } = options
  return {
    appends: new Window(appendsInFlight, MOST_APPENDS),
    received: new MemoryBudget(received, clock),
    unsent: new MemoryBudget(unsent, clock),
    turns: new Turns(),
    connections,
  }
}
