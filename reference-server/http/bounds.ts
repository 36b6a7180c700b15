import { Window } from './window.ts'

/** What the server holds for all its clients together; each is a number of bytes in memory, about. */
export interface BoundsOptions {
  /** Appends from the moment they are let in until they are durable (CP-LIM-024). */
  readonly appendsInFlight: number
}

export const DEFAULT_BOUNDS: BoundsOptions = {
  appendsInFlight: 128 * 1_048_576,
}

/** The places where clients wait for each other. */
export interface Bounds {
  readonly appends: Window
}

export function createBounds({ appendsInFlight }: BoundsOptions): Bounds {
  return { appends: new Window(appendsInFlight) }
}
