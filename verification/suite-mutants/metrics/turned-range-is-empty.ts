import type { RulesDefect } from '../defect.ts'

export const turnedRangeIsEmpty: RulesDefect = {
  name: 'turned-range-is-empty',
  seam: 'rules',
  kills: ['CP-MET-015'],
  story: 'A range that ends before it starts is answered instead of refused.',
  apply: (rules, fired) => ({
    ...rules,
    resolveMetricsQuery(set, query, now) {
      const { start, end } = query
      const isTurned = start !== undefined && end !== undefined && start > end
      return rules.resolveMetricsQuery(set, isTurned ? fired({ ...query, start: end }) : query, now)
    },
  }),
}
