import type { BatchRecord } from '../../../reference-server/semantics/batch/batch.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const commandsAreStampedOnArrival: RulesDefect = {
  name: 'commands-are-stamped-on-arrival',
  seam: 'rules',
  kills: ['APP-042'],
  story: 'The timestamp that a client gives a fence or a trim is ignored.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, now, timestamping, cipher) {
      const outcome = rules.append(state, batch, now, timestamping, cipher)
      if (isRefusal(outcome)) return outcome
      const mode = timestamping.mode === 'client-require' ? 'client-prefer' : timestamping.mode
      const records = batch.records.map((record): BatchRecord => {
        const { timestamp, ...unstamped } = record
        return record.effect.command === 'none' || timestamp === undefined ? record : fired(unstamped)
      })
      return rules.append(state, { ...batch, records }, now, { ...timestamping, mode }, cipher)
    },
  }),
}
