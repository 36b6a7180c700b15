import type { WireDefect } from '../defect.ts'

export const ackTailIsItsStart: WireDefect = {
  name: 'ack-tail-is-its-start',
  seam: 'wire',
  only: 'transport',
  kills: ['APP-003'],
  story: 'The tail of an acknowledgement in JSON is the one before the append.',
  apply: (wire, fired) => ({
    ...wire,
    appendAckToJson: (ack) => wire.appendAckToJson(fired({ ...ack, tail: ack.start })),
  }),
}
