import type { RulesDefect } from '../defect.ts'

export const tailIsTheLastRecord: RulesDefect = {
  name: 'tail-is-the-last-record',
  seam: 'rules',
  kills: ['TAIL-003'],
  story: 'The tail is the number of the last record instead of the next.',
  apply: (rules, fired) => ({
    ...rules,
    checkTail(durable) {
      const tail = rules.checkTail(durable)
      return tail.seqNum === 0n ? tail : fired({ ...tail, seqNum: tail.seqNum - 1n })
    },
  }),
}
