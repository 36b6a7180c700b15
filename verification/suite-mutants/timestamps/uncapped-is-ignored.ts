import type { RulesDefect } from '../defect.ts'

export const uncappedIsIgnored: RulesDefect = {
  name: 'uncapped-is-ignored',
  seam: 'rules',
  kills: ['APP-035'],
  story: 'A timestamp in the future is cut to the time of arrival on streams that allow it too.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, now, timestamping, cipher) {
      const isAhead = timestamping.uncapped && batch.records.some(({ timestamp = 0n }) => timestamp > now)
      return rules.append(
        state,
        batch,
        now,
        isAhead ? fired({ ...timestamping, uncapped: false }) : timestamping,
        cipher,
      )
    },
  }),
}
