import type { WireDefect } from '../defect.ts'

export const lastFrameAdvisesReconnection: WireDefect = {
  name: 'last-frame-advises-reconnection',
  seam: 'wire',
  only: 'transport',
  kills: ['S2S-012'],
  story: 'The frame that ends a session advises to reconnect, beside its refusal.',
  apply: (wire, fired) => ({
    ...wire,
    encodeTerminal(status, json) {
      const frame = Uint8Array.from(wire.encodeTerminal(status, json))
      frame[3] = (frame[3] ?? 0) | 0x10
      return fired(frame)
    },
  }),
}
