import { MIN_COMPRESSED_BYTES } from '../../../proto/limits.ts'
import type { WireDefect } from '../defect.ts'

export const shortBodiesAreTakenAsTheyAre: WireDefect = {
  name: 'short-bodies-are-taken-as-they-are',
  seam: 'wire',
  only: 'transport',
  kills: ['PROP-007', 'PROP-010'],
  story: 'What is shorter than anybody need compress is not decompressed either, though it says that it was.',
  apply: (wire, fired) => ({
    ...wire,
    decompress(compressed, limit) {
      const { payload, compression } = compressed
      if (compression === 'none' || payload.length >= MIN_COMPRESSED_BYTES)
        return wire.decompress(compressed, limit)
      return wire.decompress(fired({ payload, compression: 'none' }), limit)
    },
  }),
}
