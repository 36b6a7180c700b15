import type { WireDefect } from '../defect.ts'

export const protobufTimestampsHave32Bits: WireDefect = {
  name: 'protobuf-timestamps-have-32-bits',
  seam: 'wire',
  only: 'transport',
  kills: ['REC-024'],
  story: 'Timestamps in binary answers lose their upper half.',
  apply: (wire, fired) => ({
    ...wire,
    encodeReadBatch(batch) {
      const records = batch.records.map((record) => {
        const timestamp = BigInt.asUintN(32, record.timestamp)
        return timestamp === record.timestamp ? record : fired({ ...record, timestamp })
      })
      return wire.encodeReadBatch({ ...batch, records })
    },
  }),
}
