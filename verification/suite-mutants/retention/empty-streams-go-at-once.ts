import type { RulesDefect } from '../defect.ts'

export const emptyStreamsGoAtOnce: RulesDefect = {
  name: 'empty-streams-go-at-once',
  seam: 'rules',
  kills: ['CP-CFG-083', 'CP-CFG-084'],
  story: 'An empty stream is deleted without having been empty for the time that is set.',
  apply: (rules, fired) => ({
    ...rules,
    deletionDue(stream, grace) {
      const due = rules.deletionDue(stream, grace)
      return due === undefined ? due : fired(stream.emptySince)
    },
  }),
}
