/**
 * - `open`: the store cannot be opened; the message says why, for the user who named the directory.
 * - `failed`: a write or sync failed, now or earlier: what was under way may be lost or not.
 * - `closed`: the call came after `close`.
 * - `corrupt`: stored data cannot be read, or is nothing that this server writes.
 */
export type StoreFault = 'open' | 'failed' | 'closed' | 'corrupt'

export class StoreError extends Error {
  override readonly name: string = 'StoreError'
  readonly fault: StoreFault

  constructor(fault: StoreFault, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.fault = fault
  }
}
