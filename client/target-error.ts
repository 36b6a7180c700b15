import { UserError } from '../kit/user-error.ts'

/**
 * - `refused`: no connection came about.
 * - `cut`: the connection ended in the middle of an exchange.
 * - `reset`: the target gave up one exchange and kept the connection (HTTP/2 RST_STREAM).
 * - `timeout`: the target did not answer in time.
 * - `malformed`: what came is not HTTP, or its content coding cannot be undone.
 * - `too-large`: the answer is larger than any answer of this API can be.
 */
export type TargetErrorCode = 'refused' | 'cut' | 'reset' | 'timeout' | 'malformed' | 'too-large'

/** An exchange with the target that brought no answer. Nothing here is retried. */
export class TargetError extends UserError {
  readonly exitCode = 3
  readonly code: TargetErrorCode

  constructor(code: TargetErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'TargetError'
    this.code = code
  }

  /** Whether the target is to blame for certain; a lost connection may be the network's or the run's fault. */
  get isFinding(): boolean {
    return this.code !== 'refused' && this.code !== 'cut'
  }

  override sentence(): string {
    return `the target failed: ${this.message}`
  }
}
