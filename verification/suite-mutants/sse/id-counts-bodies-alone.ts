import type { RulesDefect } from '../defect.ts'

export const idCountsBodiesAlone: RulesDefect = {
  name: 'id-counts-bodies-alone',
  seam: 'rules',
  only: 'transport',
  kills: ['SSE-004'],
  story: 'The bytes in an id are those of the bodies instead of metered ones.',
  apply: (rules, fired) => ({
    ...rules,
    nextEventId(before, records) {
      const id = rules.nextEventId(before, records)
      if (id === undefined) return id
      const bytes = records.reduce((sum, { body }) => sum + BigInt(body.length), before?.bytes ?? 0n)
      return fired({ ...id, bytes })
    },
  }),
}
