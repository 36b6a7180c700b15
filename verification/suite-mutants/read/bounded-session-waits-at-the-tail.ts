import type { ReadEnd } from '../../../proto/types.ts'
import type { RulesDefect } from '../defect.ts'

export const boundedSessionWaitsAtTheTail: RulesDefect = {
  name: 'bounded-session-waits-at-the-tail',
  seam: 'rules',
  only: 'transport',
  withholds: true,
  kills: ['READ-049'],
  story: 'A bounded session that may not wait stays open at the tail.',
  apply(rules, fired) {
    const isBare = (end: ReadEnd): boolean => end.wait === undefined && !rules.mayStandAtTail(end)
    return {
      ...rules,
      mayStandAtTail: (end) => (isBare(end) ? fired(true) : rules.mayStandAtTail(end)),
      waitAtTail: (end) => (isBare(end) ? fired(Number.POSITIVE_INFINITY) : rules.waitAtTail(end)),
    }
  },
}
