import type { ReadBatch } from '../../../proto/types.ts'
import type { ReadOutput } from '../../backend/backend.ts'

/** A heartbeat is a batch without records (S2S-041); a batch carries the tail only where the read knows it (READ-063). */
export function readBatchOf(output: Exclude<ReadOutput, { kind: 'refused' }>): ReadBatch {
  if (output.kind === 'heartbeat') return { records: [], tail: output.tail }
  const { records, tail } = output
  return tail === undefined ? { records } : { records, tail }
}
