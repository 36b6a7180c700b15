import { joinPieces } from '../../../proto/pieces.ts'
import type { WireDefect } from '../defect.ts'

export const reservedBitsAreSet: WireDefect = {
  name: 'reserved-bits-are-set',
  seam: 'wire',
  only: 'transport',
  kills: ['S2S-006'],
  story: 'A bit of the flags that has no meaning is set.',
  apply: (wire, fired) => ({
    ...wire,
    encodeFrame(message) {
      const frame = Uint8Array.from(joinPieces(wire.encodeFrame(message)))
      frame[3] = (frame[3] ?? 0) | 1
      return fired([frame])
    },
  }),
}
