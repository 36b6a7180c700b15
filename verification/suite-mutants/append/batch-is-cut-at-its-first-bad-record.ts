import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const batchIsCutAtItsFirstBadRecord: RulesDefect = {
  name: 'batch-is-cut-at-its-first-bad-record',
  seam: 'rules',
  kills: ['APP-005'],
  story: 'Where a timestamp is missing the records before it are appended all the same, and acknowledged.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, now, timestamping, cipher) {
      const outcome = rules.append(state, batch, now, timestamping, cipher)
      const bad = batch.records.findIndex(({ timestamp }) => timestamp === undefined)
      if (!isRefusal(outcome) || timestamping.mode !== 'client-require' || bad < 1) return outcome
      const good = rules.append(
        state,
        { ...batch, records: batch.records.slice(0, bad) },
        now,
        timestamping,
        cipher,
      )
      return isRefusal(good) ? outcome : fired(good)
    },
  }),
}
