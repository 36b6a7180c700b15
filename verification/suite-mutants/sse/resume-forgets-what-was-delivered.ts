import type { RulesDefect } from '../defect.ts'

export const resumeForgetsWhatWasDelivered: RulesDefect = {
  name: 'resume-forgets-what-was-delivered',
  seam: 'rules',
  only: 'transport',
  kills: ['SSE-009', 'SSE-013'],
  story: 'A client that resumes gets as many records again as it first asked for.',
  apply: (rules, fired) => ({
    ...rules,
    resumeRead(start, end, delivered) {
      const resumed = rules.resumeRead(start, end, delivered)
      return end.count === undefined && end.bytes === undefined ? resumed : fired({ ...resumed, end })
    },
  }),
}
