import { EncodedRecord } from './encoded-record.ts'
import type { SequencedRecord } from './types.ts'

/** Encoded records that stand one after the other in memory. */
export class EncodedRun {
  readonly #encoded: Uint8Array
  readonly #begin: number
  #end: number

  constructor(first: EncodedRecord) {
    this.#encoded = first.encoded
    this.#begin = first.encodedBegin
    this.#end = first.encodedEnd
  }

  get length(): number {
    return this.#end - this.#begin
  }

  /** Not worth a copy. */
  get isLong(): boolean {
    return this.length >= LONG_BYTES
  }

  /** The encoded records, whose memory is shared. */
  bytes(): Uint8Array {
    return this.#encoded.subarray(this.#begin, this.#end)
  }

  /** Copies them to `at`, and returns where they end. */
  copyTo(bytes: Uint8Array, at: number): number {
    bytes.set(this.bytes(), at)
    return at + this.length
  }

  /** Takes the record in, if it stands right behind. */
  extend(record: EncodedRecord): boolean {
    if (record.encoded !== this.#encoded || record.encodedBegin !== this.#end) return false
    this.#end = record.encodedEnd
    return true
  }
}

/** In order; a record that is not encoded stands for itself. */
export function runsOf(records: readonly SequencedRecord[]): readonly (EncodedRun | SequencedRecord)[] {
  const runs: (EncodedRun | SequencedRecord)[] = []
  let run: EncodedRun | undefined
  for (const record of records) {
    const isEncoded = record instanceof EncodedRecord
    if (isEncoded && run?.extend(record)) continue
    run = isEncoded ? new EncodedRun(record) : undefined
    runs.push(run ?? record)
  }
  return runs
}

/** Below this, a copy costs less than one more thing to send. */
const LONG_BYTES = 16_384
