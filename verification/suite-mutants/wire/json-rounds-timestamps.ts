import type { SequencedRecord } from '../../../proto/types.ts'
import type { Fired, WireDefect } from '../defect.ts'

export const jsonRoundsTimestamps: WireDefect = {
  name: 'json-rounds-timestamps',
  seam: 'wire',
  only: 'transport',
  kills: ['APP-035', 'REC-024'],
  story:
    'Timestamps above 2^53 come rounded in the JSON of unary reads, where they were doubles for a moment.',
  apply: (wire, fired) => ({
    ...wire,
    readBatchToJson(batch, format) {
      const records = batch.records.map((record) => rounded(record, fired))
      return wire.readBatchToJson({ ...batch, records }, format)
    },
  }),
}

function rounded(record: SequencedRecord, fired: Fired): SequencedRecord {
  const timestamp = BigInt(Number(record.timestamp))
  return timestamp === record.timestamp ? record : fired({ ...record, timestamp })
}
