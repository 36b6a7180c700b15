import type { RulesDefect } from '../defect.ts'

export const resumeRepeatsARecord: RulesDefect = {
  name: 'resume-repeats-a-record',
  seam: 'rules',
  only: 'transport',
  kills: ['SSE-010', 'SSE-009'],
  story: 'A client that resumes gets the last record that it has once more.',
  apply: (rules, fired) => ({
    ...rules,
    resumeRead(start, end, delivered) {
      const resumed = rules.resumeRead(start, end, delivered)
      return fired({ ...resumed, start: { ...resumed.start, seqNum: delivered.seqNum } })
    },
  }),
}
