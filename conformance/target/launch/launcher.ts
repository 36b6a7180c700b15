import type { Endpoints } from '../endpoints.ts'

/**
 * How a target is brought up and treated roughly. Every command takes a target through this contract, so that a
 * crash test needs to know no server. Whoever makes a launcher disposes of it, whatever happens in between.
 */
export interface Launcher {
  /** `attached` targets are merely spoken to: they cannot be killed or paused. */
  readonly kind: 'attached' | 'process'
  readonly endpoints: Endpoints
  /** Where the target keeps its data, if the launcher gave it a place. */
  readonly dataDirectory: string | undefined
  /** Starts the target, on the data of the last time, and resolves when it is ready. Throws `LaunchError`. */
  start(signal: AbortSignal): Promise<void>
  /** SIGKILL to the whole process group; resolves when it is gone. Throws `LaunchError` if something outlives it. */
  kill(): Promise<void>
  /** SIGSTOP and SIGCONT to the whole process group. */
  pause(): void
  continue(): void
  /**
   * SIGTERM, and SIGKILL to what is left after a while; resolves when it is gone. Does nothing when nothing runs.
   * Throws `LaunchError` if something outlives it.
   */
  stop(): Promise<void>
  /** `stop`, and the data directory is removed in any case. */
  dispose(): Promise<void>
  /** Why the target is no longer there, with its last words; undefined while it runs or was told to end. */
  readonly death: string | undefined
}

/** The target did not come up; the message is one sentence for the user, then its last lines of output. */
export class LaunchError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'LaunchError'
  }
}
