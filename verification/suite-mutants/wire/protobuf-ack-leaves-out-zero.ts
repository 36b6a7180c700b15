import type { WireDefect } from '../defect.ts'

export const protobufAckLeavesOutZero: WireDefect = {
  name: 'protobuf-ack-leaves-out-zero',
  seam: 'wire',
  only: 'transport',
  kills: ['REC-027'],
  story: 'A binary acknowledgement of the first record has no start.',
  apply: (wire, fired) => ({
    ...wire,
    encodeAppendAck(ack) {
      const bytes = wire.encodeAppendAck(ack)
      // The first field is the start: its tag, its length, and so many bytes.
      return ack.start.seqNum === 0n ? fired(bytes.subarray(2 + (bytes[1] ?? 0))) : bytes
    },
  }),
}
