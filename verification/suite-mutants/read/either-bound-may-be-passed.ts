import type { RulesDefect } from '../defect.ts'

export const eitherBoundMayBePassed: RulesDefect = {
  name: 'either-bound-may-be-passed',
  seam: 'rules',
  kills: ['READ-029'],
  story: 'Of a count and a bound of bytes only the looser one holds.',
  apply: (rules, fired) => ({
    ...rules,
    takeRecords(records, budget) {
      const { count, bytes, until } = budget
      if (count === undefined || bytes === undefined) return rules.takeRecords(records, budget)
      const both = [
        { count, bytes: undefined, until },
        { count: undefined, bytes, until },
      ].map((half) => rules.takeRecords(records, half))
      const exact = rules.takeRecords(records, budget)
      const longest = both.find((taken) => taken.records.length > exact.records.length)
      return longest === undefined ? exact : fired({ ...exact, records: longest.records })
    },
  }),
}
