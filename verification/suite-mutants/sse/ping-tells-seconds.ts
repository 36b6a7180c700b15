import type { WireDefect } from '../defect.ts'

export const pingTellsSeconds: WireDefect = {
  name: 'ping-tells-seconds',
  seam: 'wire',
  only: 'transport',
  kills: ['SSE-005'],
  story: 'The timestamp of a ping is in seconds.',
  apply: (wire, fired) => ({
    ...wire,
    pingEvent: (timestamp, tail) => wire.pingEvent(fired(timestamp / 1000n), tail),
  }),
}
