import type { RulesDefect } from '../defect.ts'

export const emptyTimeRangeIsRead: RulesDefect = {
  name: 'empty-time-range-is-read',
  seam: 'rules',
  only: 'limit',
  kills: ['READ-028'],
  story: 'A read from a time up to the same time is answered with nothing instead of refused.',
  apply: (rules, fired) => ({
    ...rules,
    checkReadQuery(start, end) {
      const isEmpty = start.timestamp !== undefined && start.timestamp === end.until
      return rules.checkReadQuery(start, isEmpty ? fired({ ...end, until: end.until + 1n }) : end)
    },
  }),
}
