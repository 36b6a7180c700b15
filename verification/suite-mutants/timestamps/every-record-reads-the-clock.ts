import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'
import { restamped } from './restamped.ts'

export const everyRecordReadsTheClock: RulesDefect = {
  name: 'every-record-reads-the-clock',
  seam: 'rules',
  kills: ['APP-040'],
  story: 'The records of a batch without timestamps get one each as if they came one after another.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, now, timestamping, cipher) {
      const outcome = rules.append(state, batch, now, timestamping, cipher)
      if (isRefusal(outcome)) return outcome
      return restamped(outcome, ({ timestamp }, index) =>
        timestamp === now && index > 0 && batch.records[index]?.timestamp === undefined
          ? fired(timestamp + BigInt(index))
          : timestamp,
      )
    },
  }),
}
