import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const tailIsReadAsNothing: RulesDefect = {
  name: 'tail-is-read-as-nothing',
  seam: 'rules',
  kills: ['READ-009', 'READ-012', 'READ-014'],
  story: 'A read at the tail that may not wait is answered with no records instead of 416.',
  apply: (rules, fired) => ({
    ...rules,
    resolveStart(start, tail, mayStandAtTail) {
      const point = rules.resolveStart(start, tail, mayStandAtTail)
      if (mayStandAtTail || !isRefusal(point)) return point
      const followed = rules.resolveStart(start, tail, true)
      return isRefusal(followed) ? point : fired(followed)
    },
  }),
}
