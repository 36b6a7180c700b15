import type { Timestamping } from '../../../reference-server/semantics/append/timestamping.ts'
import type { RulesDefect } from '../defect.ts'

export const arrivalModeKeepsClientTime: RulesDefect = {
  name: 'arrival-mode-keeps-client-time',
  seam: 'rules',
  kills: ['APP-033', 'CP-CFG-082'],
  story: 'Streams in the mode arrival store the timestamp that the client gave.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, now, timestamping, cipher) {
      const isGiven =
        timestamping.mode === 'arrival' && batch.records.some(({ timestamp }) => timestamp !== undefined)
      const bent: Timestamping = isGiven ? fired({ ...timestamping, mode: 'client-prefer' }) : timestamping
      return rules.append(state, batch, now, bent, cipher)
    },
  }),
}
