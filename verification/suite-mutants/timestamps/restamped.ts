import type { SequencedRecord, Timestamp } from '../../../proto/types.ts'
import type { Sequenced } from '../../../reference-server/semantics/append/append.ts'

/** The batch with other timestamps, and all that tells of the last of them. */
export function restamped(
  outcome: Sequenced,
  stamp: (record: SequencedRecord, index: number) => Timestamp,
): Sequenced {
  const records = outcome.records.map((record, index) => ({ ...record, timestamp: stamp(record, index) }))
  const end = { ...outcome.end, timestamp: records.at(-1)?.timestamp ?? outcome.end.timestamp }
  const start = { ...outcome.start, timestamp: records[0]?.timestamp ?? outcome.start.timestamp }
  return { state: { ...outcome.state, tail: end }, records, start, end }
}
