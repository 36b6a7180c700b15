import type { SequencedRecord, Timestamp } from '../../../proto/types.ts'
import { assignTimestamp } from '../../../reference-server/semantics/append/timestamping.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const timestampsFallWithinABatch: RulesDefect = {
  name: 'timestamps-fall-within-a-batch',
  seam: 'rules',
  kills: ['APP-002', 'APP-037', 'APP-042'],
  story: 'A record may be older than the one before it in its batch: only the last batch counts as a floor.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, now, timestamping, cipher) {
      const outcome = rules.append(state, batch, now, timestamping, cipher)
      if (isRefusal(outcome)) return outcome
      const records = outcome.records.map((record, index): SequencedRecord => {
        const given = batch.records[index]?.timestamp
        const own = assignTimestamp(timestamping, state.tail.timestamp, given, now)
        return isRefusal(own) || own.timestamp === record.timestamp ? record : fired({ ...record, ...own })
      })
      const timestamp: Timestamp = records.at(-1)?.timestamp ?? state.tail.timestamp
      const end = { ...outcome.end, timestamp }
      return { ...outcome, state: { ...outcome.state, tail: end }, records, end }
    },
  }),
}
