import { joinPieces } from '../../../proto/pieces.ts'
import type { WireDefect } from '../defect.ts'

export const lengthLeavesOutTheFlags: WireDefect = {
  name: 'length-leaves-out-the-flags',
  seam: 'wire',
  only: 'transport',
  kills: ['S2S-005'],
  story: 'The length of a frame counts its payload alone.',
  apply: (wire, fired) => ({
    ...wire,
    encodeFrame(message) {
      const frame = Uint8Array.from(joinPieces(wire.encodeFrame(message)))
      const view = new DataView(frame.buffer)
      const flags = view.getUint8(3)
      view.setUint32(0, view.getUint32(0) - 0x100)
      view.setUint8(3, flags)
      return fired([frame])
    },
  }),
}
