import type { Taker } from './h2/exchange.ts'
import type { TransportError } from './transport-error.ts'

/** Requests whose answers go on and on. */
export interface Sessions {
  /**
   * Resolves, once it is sent, with what gives it up; `onEnd` is told when the answer is at its end, or why it broke off, and
   * nothing of one that was given up. Rejects with a `TransportError`.
   */
  get(
    path: string,
    headers: Readonly<Record<string, string>>,
    taker: Taker,
    onEnd: (error?: TransportError) => void,
  ): Promise<() => void>
  close(): void
}
