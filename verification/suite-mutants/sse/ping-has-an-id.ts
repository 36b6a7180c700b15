import type { WireDefect } from '../defect.ts'

export const pingHasAnId: WireDefect = {
  name: 'ping-has-an-id',
  seam: 'wire',
  only: 'transport',
  kills: ['SSE-005'],
  story: 'A ping carries the number of the tail as its id.',
  apply: (wire, fired) => ({
    ...wire,
    pingEvent(timestamp, tail) {
      return fired(`id: ${tail.seqNum},0,0\n${wire.pingEvent(timestamp, tail)}`)
    },
  }),
}
