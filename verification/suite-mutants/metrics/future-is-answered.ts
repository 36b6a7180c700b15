import type { RulesDefect } from '../defect.ts'

export const futureIsAnswered: RulesDefect = {
  name: 'future-is-answered',
  seam: 'rules',
  kills: ['CP-MET-016'],
  story: 'A range that ends in the future is answered instead of refused.',
  apply: (rules, fired) => ({
    ...rules,
    resolveMetricsQuery(set, query, now) {
      const isAhead = query.end !== undefined && query.end > now + 60
      return rules.resolveMetricsQuery(set, query, isAhead ? fired(query.end) : now)
    },
  }),
}
