import type { WireDefect } from '../defect.ts'

export const sseIdNamesTheFirstRecord: WireDefect = {
  name: 'sse-id-names-the-first-record',
  seam: 'wire',
  only: 'transport',
  kills: ['SSE-004', 'SSE-010'],
  story: 'A client that resumes gets records again: the id of an event names its first record, not its last.',
  apply: (wire, fired) => ({
    ...wire,
    batchEvent(batch, format, id) {
      const seqNum = batch.records[0]?.seqNum ?? id.seqNum
      return wire.batchEvent(batch, format, seqNum === id.seqNum ? id : fired({ ...id, seqNum }))
    },
  }),
}
