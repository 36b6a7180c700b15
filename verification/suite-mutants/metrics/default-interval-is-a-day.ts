import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const defaultIntervalIsADay: RulesDefect = {
  name: 'default-interval-is-a-day',
  seam: 'rules',
  kills: ['CP-MET-020'],
  story: 'Where no interval is given buckets are as long as a day.',
  apply: (rules, fired) => ({
    ...rules,
    resolveMetricsQuery(set, query, now) {
      const range = rules.resolveMetricsQuery(set, query, now)
      return query.interval === undefined && !isRefusal(range) ? fired({ ...range, interval: 'day' }) : range
    },
  }),
}
