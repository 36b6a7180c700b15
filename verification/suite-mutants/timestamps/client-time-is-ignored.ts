import type { Timestamping } from '../../../reference-server/semantics/append/timestamping.ts'
import type { RulesDefect } from '../defect.ts'

export const clientTimeIsIgnored: RulesDefect = {
  name: 'client-time-is-ignored',
  seam: 'rules',
  kills: ['APP-031', 'APP-038'],
  story: 'Records are stamped on arrival whatever the client gave.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, now, timestamping, cipher) {
      const isGiven =
        timestamping.mode !== 'arrival' && batch.records.some(({ timestamp }) => timestamp !== undefined)
      const bent: Timestamping = isGiven ? fired({ ...timestamping, mode: 'arrival' }) : timestamping
      return rules.append(state, batch, now, bent, cipher)
    },
  }),
}
