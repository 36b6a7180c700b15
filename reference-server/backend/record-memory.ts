import { isSealed, type KeptRecord } from '../semantics/read/kept-record.ts'

/** What a record takes in memory beside the bytes that it meters, about: an object for itself, and one for each header. */
export const overheadOf = (record: KeptRecord): number =>
  RECORD_BYTES + (isSealed(record) ? 0 : record.headers.length * HEADER_BYTES)

const RECORD_BYTES = 256
const HEADER_BYTES = 256
