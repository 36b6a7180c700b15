import type { WireDefect } from '../defect.ts'

export const protobufDropsEmptyHeaderValues: WireDefect = {
  name: 'protobuf-drops-empty-header-values',
  seam: 'wire',
  only: 'transport',
  kills: ['REC-007'],
  story: 'Headers without a value are missing from binary answers.',
  apply: (wire, fired) => ({
    ...wire,
    encodeReadBatch(batch) {
      const records = batch.records.map((record) => {
        const headers = record.headers.filter(({ value }) => value.length > 0)
        return headers.length === record.headers.length ? record : fired({ ...record, headers })
      })
      return wire.encodeReadBatch({ ...batch, records })
    },
  }),
}
