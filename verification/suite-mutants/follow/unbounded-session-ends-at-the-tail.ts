import type { RulesDefect } from '../defect.ts'

export const unboundedSessionEndsAtTheTail: RulesDefect = {
  name: 'unbounded-session-ends-at-the-tail',
  seam: 'rules',
  only: 'transport',
  kills: ['READ-047', 'PROP-002'],
  story: 'A session without bounds ends at the tail instead of waiting there.',
  apply: (rules, fired) => ({
    ...rules,
    waitAtTail(end) {
      const wait = rules.waitAtTail(end)
      return Number.isFinite(wait) ? wait : fired(0)
    },
  }),
}
