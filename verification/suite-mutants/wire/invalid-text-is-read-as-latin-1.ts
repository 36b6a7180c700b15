import type { WireDefect } from '../defect.ts'

export const invalidTextIsReadAsLatin1: WireDefect = {
  name: 'invalid-text-is-read-as-latin-1',
  seam: 'wire',
  only: 'transport',
  kills: ['REC-021'],
  story: 'A body that is not UTF-8 comes as other text in the raw format instead of with marks.',
  apply: (wire, fired) => ({
    ...wire,
    readBatchToJson(batch, format) {
      const records = batch.records.map((record) => {
        const body = Buffer.from(record.body)
        const isText = Buffer.from(body.toString('utf8')).equals(body)
        return format === 'base64' || isText
          ? record
          : fired({ ...record, body: Buffer.from(body.toString('latin1')) })
      })
      return wire.readBatchToJson({ ...batch, records }, format)
    },
  }),
}
