import type { ReadStart } from '../../../proto/types.ts'
import type { RulesDefect } from '../defect.ts'

export const firstOfTwoSelectorsWins: RulesDefect = {
  name: 'first-of-two-selectors-wins',
  seam: 'rules',
  kills: ['READ-003'],
  story: 'A read that names two starts is served instead of refused.',
  apply(rules, fired) {
    const first = (start: ReadStart): ReadStart => {
      const selectors = [start.seqNum, start.timestamp, start.tailOffset].filter(
        (selector) => selector !== undefined,
      )
      if (selectors.length < 2) return start
      const clamp = start.clamp === undefined ? {} : { clamp: start.clamp }
      return fired(
        start.seqNum === undefined
          ? { timestamp: start.timestamp ?? 0n, ...clamp }
          : { seqNum: start.seqNum, ...clamp },
      )
    }
    return {
      ...rules,
      checkReadQuery: (start, end) => rules.checkReadQuery(first(start), end),
      resolveStart: (start, ...given) => rules.resolveStart(first(start), ...given),
    }
  },
}
