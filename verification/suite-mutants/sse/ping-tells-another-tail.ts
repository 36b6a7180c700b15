import type { WireDefect } from '../defect.ts'

export const pingTellsAnotherTail: WireDefect = {
  name: 'ping-tells-another-tail',
  seam: 'wire',
  only: 'transport',
  kills: ['SSE-005'],
  story: 'The tail of a ping is the number of the last record.',
  apply: (wire, fired) => ({
    ...wire,
    pingEvent(timestamp, tail) {
      return wire.pingEvent(
        timestamp,
        tail.seqNum === 0n ? tail : fired({ ...tail, seqNum: tail.seqNum - 1n }),
      )
    },
  }),
}
