import type { RulesDefect } from '../defect.ts'

export const resumeKeepsTheTimestamp: RulesDefect = {
  name: 'resume-keeps-the-timestamp',
  seam: 'rules',
  only: 'transport',
  kills: ['SSE-016'],
  story: 'A client that resumes a read from a time begins at that time again.',
  apply: (rules, fired) => ({
    ...rules,
    resumeRead(start, end, delivered) {
      const resumed = rules.resumeRead(start, end, delivered)
      return start.timestamp === undefined ? resumed : fired({ ...resumed, start })
    },
  }),
}
