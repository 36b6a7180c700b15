import type { Faults } from '../../../../reference-server/index.ts'

/** A server that a pattern runs against. */
export interface PatternServer {
  readonly url: string
  readonly token: string | undefined
  /** Undefined for a server without planned faults. */
  readonly faults: Faults | undefined
  /** Lets so many milliseconds pass on the server's clock; a server with a clock of its own ignores it. */
  pass(milliseconds: number): Promise<void>
}
