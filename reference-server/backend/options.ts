import { type Locations, PUBLIC_LOCATIONS } from '../semantics/resources/locations.ts'

/** What a server decides for itself: S2 leaves these open. Delays are milliseconds. */
export interface BackendOptions {
  /** From the moment a trim is durable until its records are no longer read (CMD-020). */
  readonly trimDelay: number
  /** Least time between two sweeps, which remove expired records and delete empty streams (AUT-014, AUT-016). */
  readonly sweepInterval: number
  /** How much longer than its minimum age a stream stays empty before it is deleted (CP-CFG-084). */
  readonly deleteOnEmptyGrace: number
  /** A stream that nobody touched for this long, or twice that, is forgotten until the next touch (AUT-018). */
  readonly idleTime: number
  /** How often access tokens that have expired are removed. */
  readonly expiredTokenSweep: number
  /** Durable batches that a stream keeps for its followers; one that is further behind reads the store (READ-053). */
  readonly recentBatches: number
  /** Metered bytes of these, at most. */
  readonly recentBytes: bigint
  /** Bytes of memory that these take of all streams together, at most, about. */
  readonly recentMemory: number
  /** Batches that one step of a removal takes. */
  readonly removedAtOnce: number
  /** Where basins can be (CP-LOC-002). */
  readonly locations: Locations
}

export const DEFAULT_OPTIONS: BackendOptions = {
  trimDelay: 1000,
  sweepInterval: 10_000,
  deleteOnEmptyGrace: 600_000,
  idleTime: 60_000,
  expiredTokenSweep: 60_000,
  recentBatches: 64,
  recentBytes: 4n * 1024n * 1024n,
  recentMemory: 64 * 1024 * 1024,
  removedAtOnce: 1000,
  locations: PUBLIC_LOCATIONS,
}
