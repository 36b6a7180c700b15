import type { StoreError } from './store-error.ts'

/** One change of a commit. Keys and values belong to the store from here on. */
export type Write =
  | { readonly type: 'put'; readonly key: Uint8Array; readonly value: Uint8Array }
  | { readonly type: 'del'; readonly key: Uint8Array }

/** Keys from `from` up to, not including, `to`, in byte order. */
export interface KeyRange {
  readonly from: Uint8Array
  readonly to: Uint8Array
}

export interface RangeOptions {
  /** Leaves values unverified, for callers that need keys alone: damaged data can be removed. Default: false. */
  readonly keysOnly?: boolean
}

export interface Entry {
  readonly key: Uint8Array
  readonly value: Uint8Array
}

/** Several commits made durable by one sync. */
export interface Sync {
  readonly commits: number
  readonly milliseconds: number
}

/**
 * Durable state: ordered keys, and atomic groups of writes. All that `get` and `range` see is durable. Every method that
 * touches the disk may reject with `StoreError`.
 *
 * It is a value with five methods, so that a defect or a fault test can wrap it and change one.
 */
export interface Store {
  get(key: Uint8Array): Promise<Uint8Array | undefined>
  /** As of the first step of the iteration, in key order; ending early frees it. Memory is bounded by the step. */
  range(range: KeyRange, options?: RangeOptions): AsyncIterable<Entry>
  /**
   * All of these writes, or none; resolves once they are durable, in the order of the calls. Commits that arrive while
   * a sync is under way share the next one. After a failed sync it never resolves again (APP-055).
   */
  commit(writes: readonly Write[]): Promise<void>
  /** False once a commit has failed, until a restart. */
  healthy(): boolean
  /** Waits for the commits under way; later calls reject. */
  close(): Promise<void>
  /** Tells the listener, the last one given, of each sync that succeeded. A store that does not count has none. */
  onSync?(listener: (sync: Sync) => void): void
  /** Tells the listener, the last one given, why it has failed, when it does; the cause is the store's own error. */
  onFailure?(listener: (error: StoreError) => void): void
}
