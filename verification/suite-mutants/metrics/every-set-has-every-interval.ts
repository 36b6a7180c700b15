import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const everySetHasEveryInterval: RulesDefect = {
  name: 'every-set-has-every-interval',
  seam: 'rules',
  kills: ['CP-MET-019'],
  story: 'An interval that a set does not have is answered instead of refused.',
  apply: (rules, fired) => ({
    ...rules,
    resolveMetricsQuery(set, query, now) {
      const range = rules.resolveMetricsQuery(set, query, now)
      if (query.interval === undefined || !isRefusal(range)) return range
      const { interval } = query
      const unasked = rules.resolveMetricsQuery(set, { ...query, interval: undefined }, now)
      return isRefusal(unasked) ? range : fired({ ...unasked, interval })
    },
  }),
}
