import type { SequencedRecord } from '../../proto/types.ts'

/** Number and timestamp of each record, and what else it holds, where they are few. */
export function summary(records: readonly SequencedRecord[]): unknown {
  if (records.length > 12) return `${records.length}: ${describe(records[0])} … ${describe(records.at(-1))}`
  return records.map(describe)
}

function describe(record: SequencedRecord | undefined): string {
  if (record === undefined) return 'none'
  const { seqNum, timestamp, headers, body } = record
  const text =
    body.length <= 24 ? JSON.stringify(Buffer.from(body).toString('latin1')) : `${body.length} bytes`
  return `${seqNum}@${timestamp} ${headers.length === 0 ? '' : `+${headers.length} `}${text}`
}
