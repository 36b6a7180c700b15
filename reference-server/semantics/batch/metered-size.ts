import type { AppendRecord, MeteredBytes } from '../../../proto/types.ts'

/**
 * The size every limit is stated in: 8, and 2 for each header, and the bytes of header names, values and body. The
 * timestamp counts nothing (REC-001).
 */
export function meteredSize(record: Pick<AppendRecord, 'headers' | 'body'>): MeteredBytes {
  let size = 8 + 2 * record.headers.length + record.body.length
  for (const { name, value } of record.headers) size += name.length + value.length
  return BigInt(size)
}
