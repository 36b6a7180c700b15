import type { WireDefect } from '../defect.ts'

export const heartbeatTailIsOneAhead: WireDefect = {
  name: 'heartbeat-tail-is-one-ahead',
  seam: 'wire',
  only: 'transport',
  kills: ['S2S-042'],
  story: 'A heartbeat tells the number after the tail.',
  apply: (wire, fired) => ({
    ...wire,
    encodeReadBatch(batch) {
      const { records, tail } = batch
      if (records.length > 0 || tail === undefined) return wire.encodeReadBatch(batch)
      return wire.encodeReadBatch(fired({ records, tail: { ...tail, seqNum: tail.seqNum + 1n } }))
    },
  }),
}
