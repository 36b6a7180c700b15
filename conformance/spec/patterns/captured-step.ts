import type { ExampleExchange } from '../capture/example.ts'

/** The exchanges of one step. */
export interface CapturedStep {
  readonly step: number
  readonly exchanges: readonly CapturedExchange[]
}

export interface CapturedExchange extends ExampleExchange {
  /** The row of a table that the exchange belongs to. */
  readonly label?: string
  /** Set where the client left its request body open and sent nothing: no command repeats that. */
  readonly openBody?: true
  /** Describes an answer that does not end by itself. */
  readonly ending?: string
}
