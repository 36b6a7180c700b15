import type { RulesDefect } from '../defect.ts'

export const equalTimestampsAreSkipped: RulesDefect = {
  name: 'equal-timestamps-are-skipped',
  seam: 'rules',
  kills: ['READ-005', 'READ-017', 'PROP-001'],
  story: 'A read from a timestamp begins behind the records that have it.',
  apply: (rules, fired) => ({
    ...rules,
    resolveStart(start, tail, mayStandAtTail) {
      const { timestamp } = start
      const after = timestamp === undefined ? start : { ...start, timestamp: fired(timestamp + 1n) }
      return rules.resolveStart(after, tail, mayStandAtTail)
    },
  }),
}
