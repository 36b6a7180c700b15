import type { RulesDefect } from '../defect.ts'

export const untilIsInclusive: RulesDefect = {
  name: 'until-is-inclusive',
  seam: 'rules',
  kills: ['READ-025'],
  story: 'A read bounded by a time delivers the records of that very millisecond too.',
  apply: (rules, fired) => ({
    ...rules,
    takeRecords(records, budget) {
      const { until } = budget
      const later = until === undefined ? budget : { ...budget, until: until + 1n }
      const taken = rules.takeRecords(records, later)
      const exact = rules.takeRecords(records, budget)
      const left = { ...taken.left, until }
      return taken.records.length > exact.records.length ? fired({ ...taken, left }) : exact
    },
  }),
}
