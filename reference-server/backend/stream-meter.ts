import type { MeteredBytes } from '../../proto/types.ts'
import { OLDEST_ENDED } from '../semantics/metrics/usage.ts'
import type { StoredStream } from '../store/stored-stream.ts'
import { streamScope, type UsageScope } from '../store/usage-keys.ts'
import type { Usage } from './usage.ts'

/**
 * What is measured of one stream. Appends over one connection within a minute are one operation, and so are reads of
 * sessions; a unary read is one by itself (CP-HOST-006).
 */
export class StreamMeter {
  readonly #usage: Usage
  readonly #basin: UsageScope
  readonly #stream: UsageScope
  /** Connections that were counted in `#minute`, and are not kept by that. */
  #appenders: WeakSet<object> = new WeakSet()
  #readers: WeakSet<object> = new WeakSet()
  #minute: number | undefined

  constructor(usage: Usage, { basin, name }: Pick<StoredStream, 'basin' | 'name'>) {
    this.#usage = usage
    this.#basin = basin
    this.#stream = streamScope(basin, name)
  }

  /** Records of this size have become durable. */
  appended(size: MeteredBytes, storageClass: string): void {
    this.#usage.add(this.#basin, `append-bytes:${storageClass}`, Number(size))
    this.#stored(Number(size))
  }

  /** Records of this size have been trimmed. */
  trimmed(size: MeteredBytes): void {
    if (size > 0n) this.#stored(-Number(size))
  }

  /** The stream has been deleted, and with it what it held. */
  ended(createdAt: bigint, size: MeteredBytes): void {
    this.trimmed(size)
    this.#usage.add(this.#basin, OLDEST_ENDED, Math.floor(Number(createdAt) / 1000))
  }

  /** Records of this size have been delivered. */
  read(size: MeteredBytes): void {
    this.#usage.add(this.#basin, 'read-bytes', Number(size))
  }

  appendedOver(connection: object, storageClass: string): void {
    this.#beginMinute()
    if (this.#appenders.has(connection)) return
    this.#appenders.add(connection)
    this.#usage.add(this.#basin, `append-ops:${storageClass}`, 1)
  }

  readOver(connection: object): void {
    this.#beginMinute()
    if (this.#readers.has(connection)) return
    this.#readers.add(connection)
    this.#usage.add(this.#basin, 'read-ops:streaming', 1)
  }

  readOnce(): void {
    this.#usage.add(this.#basin, 'read-ops:unary', 1)
  }

  #stored(change: number): void {
    this.#usage.add(this.#basin, 'stored-bytes', change)
    this.#usage.add(this.#stream, 'stored-bytes', change)
  }

  #beginMinute(): void {
    const { minute } = this.#usage
    if (minute === this.#minute) return
    this.#minute = minute
    this.#appenders = new WeakSet()
    this.#readers = new WeakSet()
  }
}
