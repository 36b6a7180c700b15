import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const everythingIsClamped: RulesDefect = {
  name: 'everything-is-clamped',
  seam: 'rules',
  withholds: true,
  kills: ['READ-007', 'READ-008'],
  story: 'A read beyond the tail starts at the tail without having asked for it.',
  apply: (rules, fired) => ({
    ...rules,
    resolveStart(start, tail, mayStandAtTail) {
      const point = rules.resolveStart(start, tail, mayStandAtTail)
      if (!isRefusal(point) || start.clamp === true) return point
      const clamped = rules.resolveStart({ ...start, clamp: true }, tail, mayStandAtTail)
      return isRefusal(clamped) ? point : fired(clamped)
    },
  }),
}
