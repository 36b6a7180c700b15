import type { WireDefect } from '../defect.ts'

export const s2sFramesDenyTheirCompression: WireDefect = {
  name: 's2s-frames-deny-their-compression',
  seam: 'wire',
  only: 'transport',
  kills: ['S2S-004', 'S2S-007', 'S2S-010'],
  story: 'Large frames of a session are compressed and do not say so.',
  apply: (wire, fired) => ({
    ...wire,
    encodeFrame(message) {
      return wire.encodeFrame(
        message.compression === 'none' ? message : fired({ ...message, compression: 'none' }),
      )
    },
  }),
}
