import type { WireDefect } from '../defect.ts'

export const base64ViewHasNoPadding: WireDefect = {
  name: 'base64-view-has-no-padding',
  seam: 'wire',
  only: 'transport',
  kills: ['REC-017', 'REC-020'],
  story: 'Unary reads in the base64 format leave out the padding.',
  apply: (wire, fired) => ({
    ...wire,
    readBatchToJson(batch, format) {
      const json = wire.readBatchToJson(batch, format)
      return format === 'base64' && json.includes('=') ? fired(json.replaceAll('=', '')) : json
    },
  }),
}
