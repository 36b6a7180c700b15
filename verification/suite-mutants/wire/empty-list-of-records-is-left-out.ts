import type { WireDefect } from '../defect.ts'

export const emptyListOfRecordsIsLeftOut: WireDefect = {
  name: 'empty-list-of-records-is-left-out',
  seam: 'wire',
  only: 'transport',
  kills: ['REC-023'],
  story: 'A unary read of nothing is answered with an object without records.',
  apply: (wire, fired) => ({
    ...wire,
    readBatchToJson(batch, format) {
      const json = wire.readBatchToJson(batch, format)
      return batch.records.length === 0 ? fired(json.replace(/"records":\[\],?/, '')) : json
    },
  }),
}
