import { inflateRawSync } from 'node:zlib'
import type { WireDefect } from '../defect.ts'

/** A header of gzip without a name or anything else that is optional, which is what libraries write. */
const HEAD_BYTES = 10

export const onlyTheFirstMemberIsRead: WireDefect = {
  name: 'only-the-first-member-is-read',
  seam: 'wire',
  only: 'transport',
  kills: ['PROP-012'],
  story: 'Of a body of several members of gzip the first alone is read, and acknowledged.',
  apply: (wire, fired) => ({
    ...wire,
    async decompress(compressed, limit) {
      const whole = await wire.decompress(compressed, limit)
      const { payload, compression } = compressed
      if (compression !== 'gzip' || payload[3] !== 0) return whole
      // What stands behind the end of the data is not looked at.
      const first = inflateRawSync(payload.subarray(HEAD_BYTES))
      return first.length === whole.length ? whole : fired(new Uint8Array(first))
    },
  }),
}
