import type { Timestamping } from '../../../reference-server/semantics/append/timestamping.ts'
import type { RulesDefect } from '../defect.ts'

export const requiredTimeMayBeMissing: RulesDefect = {
  name: 'required-time-may-be-missing',
  seam: 'rules',
  kills: ['APP-032', 'CP-CFG-082'],
  story: 'Streams that require a timestamp fill it in where it is missing.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, now, timestamping, cipher) {
      const isMissing =
        timestamping.mode === 'client-require' &&
        batch.records.some(({ timestamp }) => timestamp === undefined)
      const bent: Timestamping = isMissing ? fired({ ...timestamping, mode: 'client-prefer' }) : timestamping
      return rules.append(state, batch, now, bent, cipher)
    },
  }),
}
