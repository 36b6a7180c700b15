import type { WireDefect } from '../defect.ts'

export const lastFrameIsNotMarked: WireDefect = {
  name: 'last-frame-is-not-marked',
  seam: 'wire',
  only: 'transport',
  kills: ['S2S-008'],
  story: 'The frame that ends a session looks like any other.',
  apply: (wire, fired) => ({
    ...wire,
    encodeTerminal(status, json) {
      const frame = Uint8Array.from(wire.encodeTerminal(status, json))
      frame[3] = 0
      return fired(frame)
    },
  }),
}
