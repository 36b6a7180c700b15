import type { WireDefect } from '../defect.ts'

export const emptyTailIsNull: WireDefect = {
  name: 'empty-tail-is-null',
  seam: 'wire',
  kills: ['TAIL-002'],
  story: 'The tail of a stream that was never written is null.',
  apply: (wire, fired) => ({
    ...wire,
    tailToJson: (tail) => (tail.seqNum === 0n ? fired('{"tail":null}') : wire.tailToJson(tail)),
  }),
}
