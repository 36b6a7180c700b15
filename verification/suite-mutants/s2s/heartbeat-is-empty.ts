import type { WireDefect } from '../defect.ts'

export const heartbeatIsEmpty: WireDefect = {
  name: 'heartbeat-is-empty',
  seam: 'wire',
  only: 'transport',
  kills: ['S2S-041', 'S2S-042'],
  story: 'A heartbeat does not tell the tail.',
  apply: (wire, fired) => ({
    ...wire,
    encodeReadBatch({ records, tail }) {
      const isHeartbeat = records.length === 0 && tail !== undefined
      return wire.encodeReadBatch(
        isHeartbeat ? fired({ records }) : { records, ...(tail !== undefined && { tail }) },
      )
    },
  }),
}
