import { WireError } from '../../../proto/wire-error.ts'
import type { WireDefect } from '../defect.ts'

/** Behind the header of gzip: whether the block is the last, and in two bits its kind, of which 0 is stored. */
const isStored = (payload: Uint8Array): boolean => ((payload[10] ?? 0) & 0b110) === 0

export const storedBlocksDoNotDecompress: WireDefect = {
  name: 'stored-blocks-do-not-decompress',
  seam: 'wire',
  only: 'transport',
  kills: ['PROP-010'],
  story: 'A body of gzip that was wrapped and not pressed, as of level 0, is refused.',
  apply: (wire, fired) => ({
    ...wire,
    decompress(compressed, limit) {
      if (compressed.compression !== 'gzip' || !isStored(compressed.payload))
        return wire.decompress(compressed, limit)
      return Promise.reject(fired(new WireError('bad_frame', 'the gzip payload does not decompress')))
    },
  }),
}
