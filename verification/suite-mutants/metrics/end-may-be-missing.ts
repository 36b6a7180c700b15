import type { RulesDefect } from '../defect.ts'

export const endMayBeMissing: RulesDefect = {
  name: 'end-may-be-missing',
  seam: 'rules',
  kills: ['CP-MET-014'],
  story: 'A range without an end ends now.',
  apply: (rules, fired) => ({
    ...rules,
    resolveMetricsQuery(set, query, now) {
      return rules.resolveMetricsQuery(
        set,
        query.end === undefined ? fired({ ...query, end: now }) : query,
        now,
      )
    },
  }),
}
