import type { WireDefect } from '../defect.ts'

export const jsonAckEndsAtTheLastRecord: WireDefect = {
  name: 'json-ack-ends-at-the-last-record',
  seam: 'wire',
  only: 'transport',
  kills: ['APP-002', 'REC-027'],
  story: 'The end of an acknowledgement in JSON is the last number instead of the next.',
  apply: (wire, fired) => ({
    ...wire,
    appendAckToJson(ack) {
      return wire.appendAckToJson(fired({ ...ack, end: { ...ack.end, seqNum: ack.end.seqNum - 1n } }))
    },
  }),
}
