import type { WireDefect } from '../defect.ts'

export const unwrittenTellsNoTimestamp: WireDefect = {
  name: 'unwritten-tells-no-timestamp',
  seam: 'wire',
  kills: ['READ-060'],
  story: 'The tail of a 416 has the timestamp 0.',
  apply: (wire, fired) => ({
    ...wire,
    renderRefusal(refusal) {
      if (refusal.refusal !== 'unwritten' || refusal.tail.timestamp === 0n) return wire.renderRefusal(refusal)
      return wire.renderRefusal(fired({ ...refusal, tail: { ...refusal.tail, timestamp: 0n } }))
    },
  }),
}
