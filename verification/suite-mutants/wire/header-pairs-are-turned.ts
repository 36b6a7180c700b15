import type { WireDefect } from '../defect.ts'

export const headerPairsAreTurned: WireDefect = {
  name: 'header-pairs-are-turned',
  seam: 'wire',
  only: 'transport',
  kills: ['REC-022'],
  story: 'In the JSON of unary reads the value of a header stands before its name.',
  apply: (wire, fired) => ({
    ...wire,
    readBatchToJson(batch, format) {
      const records = batch.records.map((record) =>
        record.headers.length === 0
          ? record
          : fired({
              ...record,
              headers: record.headers.map(({ name, value }) => ({ name: value, value: name })),
            }),
      )
      return wire.readBatchToJson({ ...batch, records }, format)
    },
  }),
}
