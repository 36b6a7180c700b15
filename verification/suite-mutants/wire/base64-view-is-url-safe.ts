import type { WireDefect } from '../defect.ts'

export const base64ViewIsUrlSafe: WireDefect = {
  name: 'base64-view-is-url-safe',
  seam: 'wire',
  only: 'transport',
  kills: ['APP-009', 'REC-017', 'REC-021'],
  story: 'Unary reads in the base64 format use - and _ where standard base64 has + and /.',
  apply: (wire, fired) => ({
    ...wire,
    readBatchToJson(batch, format) {
      const json = wire.readBatchToJson(batch, format)
      // Nothing else in such a body has one of the two.
      if (format !== 'base64' || !/[+/]/.test(json)) return json
      return fired(json.replaceAll('+', '-').replaceAll('/', '_'))
    },
  }),
}
