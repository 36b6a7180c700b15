import type { RulesDefect } from '../defect.ts'

export const futureTimestampsAreKept: RulesDefect = {
  name: 'future-timestamps-are-kept',
  seam: 'rules',
  kills: ['APP-034'],
  story: 'A timestamp beyond the time of arrival is stored as it is, on streams that do not allow it too.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, now, timestamping, cipher) {
      const isAhead = batch.records.some(({ timestamp }) => timestamp !== undefined && timestamp > now)
      const uncapped = isAhead && !timestamping.uncapped ? fired(true) : timestamping.uncapped
      return rules.append(state, batch, now, { ...timestamping, uncapped }, cipher)
    },
  }),
}
