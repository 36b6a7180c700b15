import type { RulesDefect } from '../defect.ts'

export const idCountsOneBatch: RulesDefect = {
  name: 'id-counts-one-batch',
  seam: 'rules',
  only: 'transport',
  kills: ['SSE-004'],
  story: 'The id of an event counts the records of its batch instead of those of the session.',
  apply: (rules, fired) => ({
    ...rules,
    nextEventId: (before, records) =>
      rules.nextEventId(before === undefined ? before : fired(undefined), records),
  }),
}
