import type { MeteredBytes, Position, SequencedRecord } from '../../../proto/types.ts'
import { meteredSize } from '../batch/metered-size.ts'

/**
 * A record that only its client's key opens: headers and body are enciphered as one. Its place and its size, which is
 * that of the record inside, can be seen without the key (ENC-012, ENC-017).
 */
export interface SealedRecord extends Position {
  readonly size: MeteredBytes
  readonly sealed: Uint8Array
}

/** A record as the server keeps it. */
export type KeptRecord = SequencedRecord | SealedRecord

export const isSealed = (record: KeptRecord): record is SealedRecord => 'sealed' in record

/** Limits and bounds count the record inside (ENC-012). */
export const sizeOf = (record: KeptRecord): MeteredBytes =>
  isSealed(record) ? record.size : meteredSize(record)
