import { UserError } from '../../kit/user-error.ts'
import type { Endpoints } from '../endpoints.ts'
import type { Names } from '../power/disk.ts'
import type { Loss } from '../power/image.ts'
import type { StorageSwitch } from '../storage-switch.ts'

/**
 * How a target is brought up and treated roughly. Every command takes a target through this contract, so that a
 * crash test needs to know no server. Whoever makes a launcher disposes of it, whatever happens in between.
 */
export interface Launcher {
  /** `attached` targets are merely spoken to: they have no life that could be ended. */
  readonly kind: 'attached' | 'process' | 'container'
  readonly endpoints: Endpoints
  /** Where the target keeps its data, if it has a place on this machine. */
  readonly dataDirectory: string | undefined
  /** Why what the target stores does not outlive it; undefined where the launcher keeps it. */
  readonly forgets: string | undefined
  /** Stalls and fails what the target stores, if the launcher can. */
  readonly storage: StorageSwitch | undefined
  /** Starts the target, on the data of the last time, and resolves when it is ready. Throws `LaunchError`. */
  start(signal: AbortSignal): Promise<void>
  /** SIGKILL to all its processes; resolves when they are gone. Throws `LaunchError` if something outlives it. */
  kill(): Promise<void>
  /** Stops all its processes where they stand, and lets them go on. */
  pause(): Promise<void>
  continue(): Promise<void>
  /**
   * SIGTERM, and SIGKILL to what is left after a while; resolves when it is gone. Does nothing when nothing runs.
   * Throws `LaunchError` if something outlives it.
   */
  stop(): Promise<void>
  /** A further instance on the same storage, at a place of its own and not started; to be disposed of before this one. */
  second(): Promise<Launcher>
  /** Why what it writes to its disk cannot be watched; undefined where `watch` can. */
  readonly unwatchable: string | undefined
  /** A target of the same kind on a disk that is watched; to be disposed of before this one. */
  watch(): Promise<WatchedTarget>
  /** `stop`, and what it stored is removed in any case, unless it is another's. */
  dispose(): Promise<void>
  /**
   * CPU time that its processes have used since it was started, in seconds. Undefined where it cannot be told: it is not
   * running, was not started here, or this is no Linux.
   */
  cpuSeconds(): number | undefined
  /** Why the target is no longer there, with its last words; undefined while it runs or was told to end. */
  readonly death: string | undefined
}

/** The target did not come up; the message is one sentence for the user, then its last lines of output. */
export class LaunchError extends UserError {
  readonly exitCode = 3

  constructor(message: string) {
    super(message)
    this.name = 'LaunchError'
  }
}

/** What a power cut left, and what it took. */
export interface Cut extends Loss {
  /** Syncs that had been done by then. */
  readonly syncs: number
  /** See `Replayed`. */
  readonly unseen: readonly string[]
}

/** A target of the same command, with storage of its own, that is watched while it writes and can be started on what was synced. */
export interface WatchedTarget {
  /** Not started yet; its calls are traced. */
  readonly watched: Launcher
  /** Not started yet; the same target on what `cut` has left. */
  readonly revived: Launcher
  /** Now: whatever the target has answered, it had done before what belongs to it. */
  mark(): number
  /** Puts into the data directory what would be there, had the power gone at `mark`. Neither of the two may run. */
  cut(mark: number, names: Names): Promise<Cut>
  dispose(): Promise<void>
}
