import type { AccountClient } from '../client/account-client.ts'
import type { BasinClient } from '../client/basin-client.ts'
import type { BasinConfigBody, StreamConfigBody } from '../client/config-bodies.ts'
import type { Receipts } from '../client/faults/fault-proxy.ts'
import type { WatchedTarget } from '../client/launch/launcher.ts'
import type { StorageSwitch } from '../client/storage-switch.ts'
import type { StreamClient } from '../client/stream-client.ts'
import type { Transport } from '../client/transport.ts'
import type { Timeline } from '../reports/timeline.ts'
import type { Expect } from './expect.ts'
import type { JudgedProfile } from './run/selection.ts'

/** The life of a launched target; its data stays. */
export interface Lifecycle {
  /** SIGKILL to all its processes. */
  kill(): Promise<void>
  /** SIGTERM, and the time to drain. */
  stop(): Promise<void>
  /** Starts it again and resolves when it is ready; `givenUp` before, it is left as it is by then. */
  start(givenUp?: AbortSignal): Promise<void>
  /** All its processes stand still, and go on. */
  pause(): Promise<void>
  continue(): Promise<void>
  /** Another instance on the same storage, not started yet. */
  second(): Promise<SecondInstance>
  /** A target of the same kind, on a disk that is watched; none of it runs yet. */
  watch(): Promise<WatchedInstance>
  /** Where it keeps its data, on this machine. */
  readonly dataDirectory: string | undefined
}

/** Another instance of the target on the same storage; whoever made it disposes of it. */
export interface SecondInstance {
  readonly account: AccountClient
  /** Resolves to why it did not come up, or to undefined when it is ready. */
  start(): Promise<string | undefined>
  dispose(): Promise<void>
}

/** A target with storage of its own whose power can be cut; whoever made it disposes of it. */
export interface WatchedInstance extends Pick<WatchedTarget, 'mark' | 'cut' | 'dispose'> {
  readonly watched: WatchedLife
  /** The same target on what a cut has left. */
  readonly revived: WatchedLife
}

export interface WatchedLife {
  readonly account: AccountClient
  /** Resolves to why it did not come up, or to undefined when it is ready. */
  start(): Promise<string | undefined>
  kill(): Promise<void>
}

/** A stream by a way with faults; whoever opened it closes it. */
export interface FaultyStream {
  readonly stream: StreamClient
  /** How often each fault has met an exchange so far. */
  receipts(): Receipts
  close(): Promise<void>
}

/** All that a check may use. Everything it creates is named for this run and cleaned up after it. */
export interface CheckContext {
  readonly transport: Transport
  /** Profile of the run. It decides what the oracle of a property allows. */
  readonly profile: JudgedProfile
  /** `--all`: generated cases may be many. */
  readonly thorough: boolean
  readonly expect: Expect
  readonly account: AccountClient
  /** The run's shared basin. A check adds streams to it and never reconfigures or deletes it. */
  readonly basin: BasinClient
  /** A fresh, empty stream in the shared basin, spoken to over `transport`. */
  newStream(config?: StreamConfigBody): Promise<StreamClient>
  /** A fresh basin, for checks about basins or basin-wide settings. */
  newBasin(config?: BasinConfigBody): Promise<BasinClient>
  /** A name that no other check and no other run uses. */
  newBasinName(): string
  newStreamName(): string
  /** Ids for access tokens, alike but for these ends; revoked after the run where they are still there. */
  newTokenIds(...suffixes: readonly string[]): readonly string[]
  /** One more such id, of exactly so many bytes. */
  newTokenIdOf(length: number): string
  /**
   * Repeats `attempt` until it returns something else than undefined, or fails the check after `seconds`, which do
   * not count as time of the check.
   */
  eventually<T>(what: string, seconds: number, attempt: () => Promise<T | undefined>): Promise<T>
  /** For a wait the row itself demands; scaled like every wait of the run. */
  sleep(milliseconds: number): Promise<void>
  /** The same stream by connections of its own that are delayed, stalled and cut, by the run's chance. */
  meetingFaults(stream: StreamClient): FaultyStream
  /** For rows that need `restart`, which run alone. */
  readonly lifecycle: Lifecycle
  /** For rows that need `storage`, which run alone. */
  readonly storage: StorageSwitch
  /** Milliseconds of a monotonic clock. */
  now(): number
  /** From 0 up to, not including, 1; seeded by the run's seed and the row. */
  random(): number
  /** Notes which of several allowed outcomes came; shown in the report, never decides. */
  record(observation: string): void
  /** Keeps a file for whoever looks into a failure; the report says where it is. */
  attach(name: string, content: string): void
  /** Has the report draw a history that breaks the row. */
  draw(timeline: Timeline): void
}
