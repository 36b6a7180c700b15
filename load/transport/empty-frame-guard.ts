import { TransportError } from './transport-error.ts'

/**
 * Most bytes without a record that a reader takes: room for one event, which holds 1 MiB of bodies and headers in base64 and at
 * most 1,000 records, and for hundred thousand events that only keep the connection alive.
 */
export const MAX_BARREN_BYTES: number = 5 * 1024 * 1024

/** Most pieces without a record: what takes them apart costs more than their bytes where they are small. */
const MAX_BARREN_PIECES = 65_536

/** Counts what arrives of a read session since its last record. */
export class EmptyFrameGuard {
  #bytes = 0
  #pieces = 0

  /** Counts a piece of so many bytes. Throws a `TransportError` 'malformed' for too much without a record. */
  add(bytes: number): void {
    this.#bytes += bytes
    this.#pieces += 1
    if (this.#bytes > MAX_BARREN_BYTES) throw barren(`${MAX_BARREN_BYTES} bytes`)
    if (this.#pieces > MAX_BARREN_PIECES) throw barren(`${MAX_BARREN_PIECES} pieces of data`)
  }

  /** A record arrived. */
  reset(): void {
    this.#bytes = 0
    this.#pieces = 0
  }
}

const barren = (what: string): TransportError =>
  new TransportError('malformed', `the target sent more than ${what} without a record`)
