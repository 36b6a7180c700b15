import { EncodedRecord } from '../../proto/encoded-record.ts'
import { lengthOfRecord, writeRecord } from '../../proto/sequenced-record.ts'
import { VarintReader } from '../../proto/varint.ts'
import { WireError } from '../../proto/wire-error.ts'
import { isSealed, type KeptRecord } from '../semantics/read/kept-record.ts'
import { SMALL_BYTES, smallBytes } from './bytes.ts'
import { withRoomForChecksum } from './checksum.ts'
import { StoreError } from './store-error.ts'
import { beginsSealed, lengthOfSealed, readSealed, writeSealed } from './stored-sealed.ts'

/*
 * A batch is one value: LevelDB is paid once for it, not once for each record. Its records stand as a `ReadBatch` carries
 * them, so that what a read session delivers is copied as it is stored; a sealed one stands in a form of its own.
 */

/** The records of one batch, of which there is at least one; their numbers follow each other. */
export function encodeBatch(records: readonly KeptRecord[]): Uint8Array {
  const length = records.reduce((sum, record) => sum + lengthOf(record), 0)
  const bytes = length <= SMALL_BYTES ? smallBytes(length) : withRoomForChecksum(length)
  let at = 0
  for (const record of records) {
    at = isSealed(record) ? writeSealed(bytes, at, record) : writeRecord(bytes, at, record)
  }
  return bytes
}

/** The records share the memory of `bytes`. Throws `StoreError` 'corrupt' for what `encodeBatch` never writes. */
export function decodeBatch(bytes: Uint8Array): readonly KeptRecord[] {
  const reader = new VarintReader(bytes)
  const records: KeptRecord[] = []
  try {
    while (!reader.isAtEnd)
      records.push(beginsSealed(reader) ? readSealed(reader) : new EncodedRecord(reader))
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    throw new StoreError('corrupt', `a batch in the store cannot be read: ${error.message}`, error)
  }
  return records
}

const lengthOf = (record: KeptRecord): number =>
  isSealed(record) ? lengthOfSealed(record) : lengthOfRecord(record)
