import type { Faults, StartOptions } from '../../../reference-server/index.ts'
import type { ExampleExchange } from '../capture/example.ts'
import type { World } from './run/world.ts'
import type { PatternSlug } from './slugs.ts'

/** A sequence of steps that an application follows; `texts/SLUG.md` explains them. */
export interface Pattern {
  readonly slug: PatternSlug
  /** Options of the reference server that the pattern runs against. */
  readonly options?: Pick<StartOptions, 'auth' | 'limits'>
  /** Whether its steps need planned faults, which only the reference server has. */
  readonly needsFaults: boolean
  /** Runs the steps, and throws an `AssertionError` where the pattern does not keep its promise. */
  run(world: World): Promise<void>
}

/** A server that a pattern runs against. */
export interface PatternServer {
  readonly url: string
  readonly token: string | undefined
  /** Undefined for a server without planned faults. */
  readonly faults: Faults | undefined
  /** Lets so many milliseconds pass on the server's clock; a server with a clock of its own ignores it. */
  pass(milliseconds: number): Promise<void>
}

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
