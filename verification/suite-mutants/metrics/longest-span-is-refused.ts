import { LONGEST_SPAN } from '../../../reference-server/semantics/metrics/metrics-query.ts'
import { invalid } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const longestSpanIsRefused: RulesDefect = {
  name: 'longest-span-is-refused',
  seam: 'rules',
  only: 'limit',
  kills: ['CP-MET-017'],
  story: 'A range of exactly 30 days is refused, as if the limit were exclusive.',
  apply: (rules, fired) => ({
    ...rules,
    resolveMetricsQuery(set, query, now) {
      const { start = 0, end = 0 } = query
      return end - start === LONGEST_SPAN
        ? fired(invalid('the range is too long'))
        : rules.resolveMetricsQuery(set, query, now)
    },
  }),
}
